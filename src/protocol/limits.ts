/**
 * Sizes that the contract fixes; client and server read them here. Lengths are UTF-16 units. A
 * module, so that a bundle takes what it uses.
 */
export * as limits from './limit-sizes.js';
