export * from './testing/fake-clock.js';
export * from './testing/fake-tabs.js';
export * from './transport/contract/channel.js';
export * from './transport/memory/index.js';
export * from './transport/server.contract.js';
export * from './transport/transport.contract.js';
