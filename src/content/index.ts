export * from './chunk.js';
export * from './linkify.js';
