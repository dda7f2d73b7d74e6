import { unsafeCSS, type CSSResult } from 'lit';
import { literal, token } from './token.js';

/** What a host says the text's size is: a length, or a share of its own text's such as `120%`. */
export const host = token('font-size', '14px');

/** The same in pixels, as the elements hand it on; see `registerTextSize`. */
const textSize = '--_conv-text';

/** Sizes follow `--conv-font-size` (14px), never the host's `rem`. Line height 20/14 throughout. */
/* @__NO_SIDE_EFFECTS__ */
function sized(px: number): CSSResult {
  return unsafeCSS(`calc(var(${textSize}, ${host.cssText}) * ${px} / 14)`);
}

/**
 * Makes it a length that is worked out where it is set: `200%` means the same in an element as in
 * those that it shows. Older browsers go without, and know lengths only.
 */
export function registerTextSize(): void {
  try {
    CSS.registerProperty({
      name: textSize,
      syntax: '<length>',
      inherits: true,
      initialValue: '14px',
    });
  } catch {
    // Another kit on the page came first.
  }
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
export const touchField = unsafeCSS(`max(16px, ${sized(16).cssText})`);
export const leading = token('line-height', '1.4286');
export const tightTracking = literal('-0.01em');
export const regular = literal('400');
export const medium = literal('500');
export const semibold = literal('600');
