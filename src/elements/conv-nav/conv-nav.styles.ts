import { css } from 'lit';
import { color, motion, radius, space, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: block;
    box-sizing: border-box;
    min-inline-size: 0;
    background: ${color.surface};
    color: ${color.secondary};
    font-family: ${type.family};
    line-height: ${type.leading};
  }

  nav {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: ${space[2]};
    block-size: 100%;
    box-sizing: border-box;
    padding: ${space[3]} ${space[2]};
  }

  .logo {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    margin-block-end: ${space[2]};
    border-radius: ${radius.medium};
    background: ${color.accent};
    color: ${color.onAccent};
    font-weight: ${type.semibold};
    text-transform: lowercase;
  }

  ul {
    display: contents;
    list-style: none;
  }

  li {
    position: relative;
    display: flex;
  }

  a {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border-radius: ${radius.large};
    color: inherit;
    text-decoration: none;
    transition: background-color ${motion.fast} ${motion.ease};
  }

  a:hover {
    background: ${color.sunken};
    color: ${color.ink};
  }

  a:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: 2px;
  }

  a[aria-current] {
    background: ${color.accentSoft};
    color: ${color.accentText};
  }

  .count {
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: 21px;
    min-inline-size: 18px;
    box-sizing: border-box;
    padding: 0 3px;
    border: 1px solid transparent;
    border-radius: ${radius.round};
    background: ${color.secondary} border-box;
    color: ${color.surface};
    font-size: min(calc(${type.meta} * 11 / 12), 14px);
    font-weight: ${type.semibold};
    line-height: 16px;
    text-align: center;
    pointer-events: none;
  }

  a[aria-current] ~ .count {
    background-color: ${color.accent};
    color: ${color.onAccent};
  }

  :host(:not([bar])) .label {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .bottom {
    margin-block-start: auto;
  }

  /* The bar of a phone: the views side by side, named. */
  :host([bar]) nav {
    flex-direction: row;
    justify-content: space-around;
    padding: ${space[1]} ${space[2]};
    padding-block-end: max(${space[1]}, env(safe-area-inset-bottom));
  }

  :host([bar]) .logo {
    display: none;
  }

  :host([bar]) a {
    flex: 1;
    grid-template-columns: minmax(0, 100%);
    min-inline-size: 0;
    inline-size: auto;
    block-size: 52px;
    align-content: center;
    gap: 2px;
  }

  :host([bar]) li {
    flex: 1;
    min-inline-size: 0;
  }

  /* Three names share a phone: very large ones would push each other out of it. */
  :host([bar]) .label {
    max-inline-size: 100%;
    overflow: hidden;
    font-size: min(${type.meta}, 16px);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  :host([bar]) .count {
    inset-inline-start: calc(50% + 4px);
  }

  :host([bar]) .bottom {
    margin: 0;
  }

  @media (prefers-reduced-motion: reduce) {
    a {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    a[aria-current]:not(:focus-visible) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
