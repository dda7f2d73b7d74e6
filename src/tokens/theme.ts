import { css } from 'lit';

/** `auto` follows the person's system. */
export type Theme = 'light' | 'dark' | 'auto';

/** For an element with a reflected `theme` attribute: tokens in it follow the theme. */
export const themeStyles = css`
  :host {
    color-scheme: light dark;
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }
`;
