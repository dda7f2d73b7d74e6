import { token } from './token.js';

/*
 * Design tokens. Each is a use of a custom property with its fallback, so that any element looks
 * right alone, and a host overrides a token by setting `--conv-<name>` on any ancestor. Light and
 * dark follow `color-scheme`, which `theme` sets. Groups are modules: a bundle takes what it uses.
 */
export * as color from './color.js';
export * as elevation from './elevation.js';
export * as motion from './motion.js';
export * as radius from './radius.js';
export * as size from './size.js';
export * as type from './type.js';

/** Ground colours of avatars without a picture; white reads on each (4.5:1). */
export const avatarTones = [
  '#7d5a3c',
  '#4a5f9e',
  '#8c4a6e',
  '#3d6b4f',
  '#9a5a2c',
  '#5c5850',
  '#6a4a8c',
  '#2f6e7c',
] as const;

/** Rhythm of 4. */
export const space = {
  1: token('space-1', '4px'),
  2: token('space-2', '8px'),
  3: token('space-3', '12px'),
  4: token('space-4', '16px'),
  5: token('space-5', '20px'),
  6: token('space-6', '24px'),
  8: token('space-8', '32px'),
} as const;
