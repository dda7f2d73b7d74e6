export * from './account.js';
export * from './context-controller.js';
export * from './contexts.js';
export * from './localize.js';
export * from './localize-controller.js';
export * from './root.js';
export * from './selection.js';
export * from './store-controller.js';
