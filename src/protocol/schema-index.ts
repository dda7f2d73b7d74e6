/** The schemas as values, for servers and generators; browsers import types from `./index.js`. */
export * from './contract.js';
export * as http from './http.js';
export * as payloads from './payloads.js';
export * as schemas from './schemas.js';
export * as widget from './widget-schemas.js';
