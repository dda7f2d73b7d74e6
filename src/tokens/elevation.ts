import { token } from './token.js';

/* Shadows, only for what floats. */

export const raised = token(
  'elevation-raised',
  '0 1px 2px light-dark(rgb(29 27 24 / 6%), rgb(0 0 0 / 40%))',
);
export const floating = token(
  'elevation-floating',
  '0 4px 16px light-dark(rgb(29 27 24 / 16%), rgb(0 0 0 / 48%))',
);
export const panel = token(
  'elevation-panel',
  '0 2px 8px light-dark(rgb(29 27 24 / 6%), rgb(0 0 0 / 32%)), 0 16px 48px light-dark(rgb(29 27 24 / 16%), rgb(0 0 0 / 48%))',
);
