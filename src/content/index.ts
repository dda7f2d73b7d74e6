export * from './chunk.js';
export * from './linkify.js';
export * from './markup.js';
