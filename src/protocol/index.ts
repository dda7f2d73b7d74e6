export * from './errors.js';
export * from './events.js';
export * from './limits.js';
export * from './topics.js';
export type * from './http.js';
export type * from './payloads.js';
