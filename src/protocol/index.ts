export * from './error-entries.js';
export * from './errors.js';
export * from './events.js';
export * from './limits.js';
export * from './file-errors.js';
export * from './local-errors.js';
export * from './topics.js';
export type * from './http.js';
export type * from './payloads.js';
