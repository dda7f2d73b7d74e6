import { literal, token } from './token.js';

export const small = token('radius-small', '6px');
export const medium = token('radius-medium', '10px');
export const large = token('radius-large', '14px');
export const bubble = token('radius-bubble', '16px');
/** The one corner by which the last bubble of a run points to its author. */
export const bubbleTail = token('radius-bubble-tail', '4px');
export const panel = token('radius-panel', '16px');
export const round = literal('999px');
