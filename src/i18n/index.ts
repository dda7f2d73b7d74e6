export * from './ago.js';
export * from './refusal-text.js';
export * from './file-size.js';
export * from './load-locale.js';
export * from './localize.js';
export * from './localizer.js';
export * from './registry.js';
export { en } from './locales/en.js';
export type * from './strings.js';
