import { unsafeCSS, type CSSResult } from 'lit';

/**
 * A use of a custom property with its fallback. Nothing but the result matters, so that a bundle
 * carries the tokens that it uses.
 */
/* @__NO_SIDE_EFFECTS__ */
export function token(name: string, fallback: string): CSSResult {
  return unsafeCSS(`var(--conv-${name}, ${fallback})`);
}

/** A token that differs by theme. */
/* @__NO_SIDE_EFFECTS__ */
export function both(name: string, light: string, dark: string): CSSResult {
  return token(name, `light-dark(${light}, ${dark})`);
}

/** Part of the design that no host changes. */
/* @__NO_SIDE_EFFECTS__ */
export function literal(text: string): CSSResult {
  return unsafeCSS(text);
}
