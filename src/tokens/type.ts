import { unsafeCSS, type CSSResult } from 'lit';
import { literal, token } from './token.js';

/** Sizes follow `--conv-font-size` (14px), never the host's `rem`. Line height 20/14 throughout. */
/* @__NO_SIDE_EFFECTS__ */
function sized(px: number): CSSResult {
  return unsafeCSS(`calc(var(--conv-font-size, 14px) * ${px} / 14)`);
}

export const family = token('font', 'inherit');
export const mono = token('font-mono', 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace');
export const meta = sized(12);
export const secondary = sized(13);
export const text = sized(14);
export const lead = sized(15);
export const title = sized(16);
export const heading = sized(20);
/** Of fields on touch screens: below it, phones zoom in. */
export const touchField = sized(16);
export const leading = token('line-height', '1.4286');
export const tightTracking = literal('-0.01em');
export const regular = literal('400');
export const medium = literal('500');
export const semibold = literal('600');
