export * from './testing/fake-clock.js';
export * from './transport/memory/index.js';
