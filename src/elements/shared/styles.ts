import { css } from 'lit';
import { color, motion, radius, size, space, type } from '../../tokens/index.js';

/** First in every element's styles: box model, type, focus ring, reduced motion, forced colours. */
export const baseStyles = css`
  :host {
    box-sizing: border-box;
    color: ${color.ink};
    font-family: ${type.family};
    font-size: ${type.host} !important;
    line-height: ${type.leading};
    -webkit-font-smoothing: antialiased;
    -webkit-tap-highlight-color: transparent;
  }

  /* A share is one of the page's text, not once more of the element's own: it is handed on as a
     length, to slots too. What knows this colour knows registered properties. */
  @supports (color: rgb(from white r g b)) {
    :host {
      --_conv-text: 1em;
    }

    :host > * {
      --conv-font-size: var(--_conv-text);
    }
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :focus-visible {
    outline: 2px solid ${color.accentText};
    outline-offset: 2px;
  }

  .icon {
    flex: none;
    display: block;
  }

  .mirrored:dir(rtl) {
    transform: scaleX(-1);
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      /* None at all: with the shortest, every style that is set takes effect a frame late. */
      transition-duration: 0s !important;
      scroll-behavior: auto !important;
    }
  }
`;

/**
 * Buttons: `.button` (its tones are in `button-tones.styles.ts`), and `.icon-button` for one that
 * shows an icon only and is named by `aria-label`.
 */
export const buttonStyles = css`
  .button,
  .icon-button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: ${space[2]};
    margin: 0;
    border: 1px solid transparent;
    background: transparent;
    color: inherit;
    font: inherit;
    font-weight: ${type.medium};
    line-height: ${type.leading};
    text-align: center;
    cursor: pointer;
    transition:
      opacity ${motion.fast} ${motion.ease},
      transform ${motion.fast} ${motion.ease};
  }

  .button {
    min-block-size: ${size.control};
    padding: 0 ${space[4]};
    border-color: ${color.controlEdge};
    border-radius: ${radius.medium};
    color: ${color.ink};
  }

  .icon-button {
    flex: none;
    inline-size: ${size.control};
    block-size: ${size.control};
    padding: 0;
    border-radius: ${radius.medium};
    color: ${color.secondary};
  }

  /* Icons follow larger text as far as their buttons have room. */
  .icon-button > .icon {
    inline-size: clamp(20px, calc(${type.text} * 20 / 14), 26px);
    block-size: auto;
  }

  @media (hover: hover) {
    .button:hover:not(:disabled, .primary, .danger),
    .icon-button:hover:not(:disabled) {
      background: ${color.sunken};
      color: ${color.ink};
    }
  }

  .button:active:not(:disabled),
  .icon-button:active:not(:disabled) {
    transform: scale(0.97);
  }

  .button:disabled,
  .icon-button:disabled {
    cursor: default;
    opacity: 0.5;
  }

  @media (pointer: coarse) {
    .button,
    .icon-button {
      min-block-size: ${size.controlTouch};
    }

    .icon-button {
      min-inline-size: ${size.controlTouch};
    }
  }

  @media (forced-colors: active) {
    .button,
    .icon-button {
      border-color: ButtonText;
    }
  }
`;
