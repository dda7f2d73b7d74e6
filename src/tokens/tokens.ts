import { css, unsafeCSS, type CSSResult } from 'lit';

/**
 * Design tokens. Each is a use of a custom property with its fallback, so that any element looks
 * right alone, and a host overrides a token by setting `--conv-<name>` on any ancestor. Light and
 * dark follow `color-scheme`, which `theme` sets.
 */
const token = (name: string, fallback: string): CSSResult =>
  unsafeCSS(`var(--conv-${name}, ${fallback})`);
const both = (name: string, light: string, dark: string): CSSResult =>
  token(name, `light-dark(${light}, ${dark})`);

export const color = {
  /** Behind everything. */
  canvas: both('canvas', '#f6f5f3', '#141412'),
  /** Panes, panels, cards. */
  surface: both('surface', '#ffffff', '#1c1b19'),
  /** One step below a surface: fields of search, chips, skeletons. */
  sunken: both('sunken', '#f1f0ed', '#252421'),
  /** Hairlines between surfaces. */
  line: both('line', '#e5e2dd', '#33312d'),
  /** Edge of fields and outlined buttons (3:1). */
  controlEdge: both('control-edge', '#8c857b', '#7d776d'),
  ink: both('ink', '#1d1b18', '#f3f1ed'),
  secondary: both('secondary', '#5d5850', '#b9b3a9'),
  tertiary: both('tertiary', '#6e6860', '#9a948a'),
  accent: both('accent', '#0b6670', '#4cb8c0'),
  onAccent: both('on-accent', '#ffffff', '#06282b'),
  accentSoft: both('accent-soft', '#e2f0f0', '#12383b'),
  /** Accent as text or icon, on a surface or on `accentSoft`. */
  accentText: both('accent-text', '#0a5a63', '#7fd3d9'),
  /** Head of the visitor's panel. */
  header: both('header', '#0b6670', '#114a50'),
  onHeader: both('on-header', '#ffffff', '#eefbfb'),
  onHeaderSecondary: both('on-header-secondary', '#dbe9ea', '#cfe0e1'),
  new: both('new', '#7a3ff2', '#a883ff'),
  missed: both('missed', '#d92d20', '#ff6b5e'),
  online: both('online', '#12805c', '#3ecf98'),
  /** Presence on the panel's head, which is dark in both themes. */
  onlineOnHeader: token('online-on-header', '#6fd6a5'),
  danger: both('danger', '#c0261a', '#ff8a7f'),
  commentGround: both('comment-ground', '#fff6d9', '#3a300f'),
  commentEdge: both('comment-edge', '#ecd48a', '#6b5717'),
  commentInk: both('comment-ink', '#5c4400', '#f5dfa0'),
  bubbleIn: both('bubble-in', '#f1f0ed', '#2a2926'),
  /** Transparent where bubbles are told from the ground by tone; a line where they are not. */
  bubbleInEdge: token('bubble-in-edge', 'transparent'),
  bubbleOut: both('bubble-out', '#0b6670', '#14565d'),
  onBubbleOut: both('on-bubble-out', '#ffffff', '#eefbfb'),
} as const;

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

const sized = (px: number): CSSResult =>
  unsafeCSS(`calc(var(--conv-font-size, 14px) * ${px} / 14)`);

/** Sizes follow `--conv-font-size` (14px), never the host's `rem`. Line height 20/14 throughout. */
export const type = {
  family: token('font', 'inherit'),
  mono: token('font-mono', 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace'),
  meta: sized(12),
  secondary: sized(13),
  text: sized(14),
  lead: sized(15),
  title: sized(16),
  heading: sized(20),
  /** Of fields on touch screens: below it, phones zoom in. */
  touchField: sized(16),
  leading: token('line-height', '1.4286'),
  tightTracking: css`-0.01em`,
  regular: css`400`,
  medium: css`500`,
  semibold: css`600`,
} as const;

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

export const size = {
  controlSmall: token('control-small', '32px'),
  control: token('control', '36px'),
  controlTouch: token('control-touch', '44px'),
} as const;

export const radius = {
  small: token('radius-small', '6px'),
  medium: token('radius-medium', '10px'),
  large: token('radius-large', '14px'),
  bubble: token('radius-bubble', '16px'),
  /** The one corner by which the last bubble of a run points to its author. */
  bubbleTail: token('radius-bubble-tail', '4px'),
  panel: token('radius-panel', '16px'),
  round: css`999px`,
} as const;

/** Shadows, only for what floats. */
export const elevation = {
  raised: token('elevation-raised', '0 1px 2px light-dark(rgb(29 27 24 / 6%), rgb(0 0 0 / 40%))'),
  floating: token(
    'elevation-floating',
    '0 4px 16px light-dark(rgb(29 27 24 / 16%), rgb(0 0 0 / 48%))',
  ),
  panel: token(
    'elevation-panel',
    '0 2px 8px light-dark(rgb(29 27 24 / 6%), rgb(0 0 0 / 32%)), 0 16px 48px light-dark(rgb(29 27 24 / 16%), rgb(0 0 0 / 48%))',
  ),
} as const;

/** 120 to 200 ms, ease-out; transforms and opacity only. `shared/styles.ts` turns it off on request. */
export const motion = {
  fast: token('motion-fast', '120ms'),
  slow: token('motion-slow', '200ms'),
  ease: css`cubic-bezier(0.2, 0, 0, 1)`,
} as const;
