import { literal, token } from './token.js';

/* 120 to 200 ms, ease-out; transforms and opacity only. `shared/styles.ts` turns it off on request. */

export const fast = token('motion-fast', '120ms');
export const slow = token('motion-slow', '200ms');
export const ease = literal('cubic-bezier(0.2, 0, 0, 1)');
