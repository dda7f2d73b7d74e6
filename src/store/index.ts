export * from './agent-client.js';
export * from './browser-storage.js';
export * from './storage.js';
export * from './thread-item.js';
export * from './visitor-client.js';
