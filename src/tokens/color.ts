import { both, token } from './token.js';

/** Behind everything. */
export const canvas = both('canvas', '#f6f5f3', '#141412');
/** Panes, panels, cards. */
export const surface = both('surface', '#fff', '#1c1b19');
/** One step below a surface: fields of search, chips, skeletons. */
export const sunken = both('sunken', '#f1f0ed', '#252421');
/** Hairlines between surfaces. */
export const line = both('line', '#e5e2dd', '#33312d');
/** Edge of fields and outlined buttons (3:1). */
export const controlEdge = both('control-edge', '#8c857b', '#7d776d');
export const ink = both('ink', '#1d1b18', '#f3f1ed');
export const secondary = both('secondary', '#5d5850', '#b9b3a9');
export const tertiary = both('tertiary', '#6e6860', '#9a948a');
export const accent = both('accent', '#0b6670', '#4cb8c0');
export const onAccent = both('on-accent', '#fff', '#06282b');
export const accentSoft = both('accent-soft', '#e2f0f0', '#12383b');
/** Accent as text or icon, on a surface or on `accentSoft`. */
export const accentText = both('accent-text', '#0a5a63', '#7fd3d9');
/** Head of the visitor's panel. */
export const header = both('header', '#0b6670', '#114a50');
export const onHeader = both('on-header', '#fff', '#eefbfb');
export const onHeaderSecondary = both('on-header-secondary', '#dbe9ea', '#cfe0e1');
/** A conversation that nobody has taken. */
const fresh = both('new', '#7a3ff2', '#a883ff');
export const missed = both('missed', '#d92d20', '#ff6b5e');
export const online = both('online', '#12805c', '#3ecf98');
/** Presence on the panel's head, which is dark in both themes. */
export const onlineOnHeader = token('online-on-header', '#6fd6a5');
export const danger = both('danger', '#c0261a', '#ff8a7f');
export const commentGround = both('comment-ground', '#fff6d9', '#3a300f');
export const commentEdge = both('comment-edge', '#ecd48a', '#6b5717');
export const commentInk = both('comment-ink', '#5c4400', '#f5dfa0');
export const bubbleIn = both('bubble-in', '#f1f0ed', '#2a2926');
/** Transparent where bubbles are told from the ground by tone; a line where they are not. */
export const bubbleInEdge = token('bubble-in-edge', 'transparent');
export const bubbleOut = both('bubble-out', '#0b6670', '#14565d');
export const onBubbleOut = both('on-bubble-out', '#fff', '#eefbfb');
export { fresh as new };
