export type * from './api.js';
export * from './http-api.js';
export * from './http-visitor-api.js';
export * from './clock.js';
export * from './random.js';
export * from './tabs/index.js';
export type * from './transport.js';
