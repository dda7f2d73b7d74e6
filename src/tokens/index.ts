export * from './accent.js';
export * from './contrast.js';
export * from './theme.js';
export * from './tokens.js';
