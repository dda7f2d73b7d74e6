import { css } from 'lit';
import { color, elevation, motion, radius, size, space, type } from '../../tokens/index.js';

/** Floating list of choices; see `MenuController` for its behaviour. */
export const menuStyles = css`
  .menu-anchor {
    position: relative;
    display: inline-flex;
  }

  .menu {
    position: absolute;
    z-index: 30;
    inset-block-start: calc(100% + 6px);
    min-inline-size: 220px;
    max-inline-size: min(320px, 80vw);
    max-block-size: min(420px, 70vh);
    overflow: auto;
    box-sizing: border-box;
    padding: 6px;
    border-radius: ${radius.large};
    background: ${color.surface};
    outline: 1px solid ${color.line};
    color: ${color.ink};
    font-size: ${type.text};
    font-weight: ${type.regular};
    box-shadow: ${elevation.floating};
    animation: menu-in ${motion.fast} ${motion.ease};
  }

  .menu.start {
    inset-inline-start: 0;
  }

  .menu.end {
    inset-inline-end: 0;
  }

  .menu [role^='menuitem'] {
    display: flex;
    align-items: center;
    gap: ${space[3]};
    inline-size: 100%;
    min-block-size: ${size.control};
    box-sizing: border-box;
    padding: 6px 10px;
    border: 0;
    border-radius: 8px;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .menu [role^='menuitem']:hover {
    background: ${color.sunken};
  }

  .menu [role^='menuitem']:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: -2px;
  }

  .menu .tick {
    display: inline-flex;
    margin-inline-start: auto;
    color: ${color.accentText};
  }

  .menu [aria-checked='false'] .tick {
    visibility: hidden;
  }

  .menu .hint {
    display: block;
    color: ${color.secondary};
    font-size: ${type.meta};
  }

  .menu [role='separator'] {
    block-size: 1px;
    margin: 6px 4px;
    background: ${color.line};
  }

  @keyframes menu-in {
    from {
      opacity: 0;
      transform: translateY(-4px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .menu {
      animation: none;
    }
  }

  @media (pointer: coarse) {
    .menu [role^='menuitem'] {
      min-block-size: ${size.controlTouch};
    }
  }
`;
