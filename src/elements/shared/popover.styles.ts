import { css } from 'lit';
import { color, elevation, motion, radius, size, space, type } from '../../tokens/index.js';

/** What floats, and lists of choices in it; see `PopoverController` and `ListboxController`. */
export const popoverStyles = css`
  .popover {
    position: fixed;
    inset: auto;
    flex-direction: column;
    max-inline-size: calc(100vw - 12px);
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: ${radius.large};
    outline: 1px solid ${color.line};
    background: ${color.surface};
    color: ${color.ink};
    font-size: ${type.text};
    font-weight: ${type.regular};
    text-align: start;
    box-shadow: ${elevation.floating};
    overflow: auto;
    overscroll-behavior: contain;
  }

  .popover:popover-open {
    display: flex;
    animation: popover-in ${motion.fast} ${motion.ease};
  }

  .popover.choices {
    inline-size: 420px;
  }

  .listbox {
    flex: 0 1 auto;
    max-block-size: 296px;
    min-block-size: 0;
    margin: 0;
    padding: 6px;
    overflow-y: auto;
    overscroll-behavior: contain;
    list-style: none;
    scrollbar-width: thin;
  }

  .listbox [role='option'] {
    display: flex;
    align-items: center;
    gap: ${space[2]};
    min-block-size: ${size.control};
    padding: 6px 10px;
    border-radius: 8px;
    cursor: pointer;
  }

  .listbox [role='option'][aria-selected='true'] {
    background: ${color.accentSoft};
  }

  .choice {
    flex: 1;
    min-inline-size: 0;
  }

  .choice strong,
  .choice .hint {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .choice strong {
    font-weight: ${type.medium};
  }

  .choice .hint {
    color: ${color.secondary};
    font-size: ${type.secondary};
  }

  .badge {
    flex: none;
    padding: 1px 7px;
    border-radius: ${radius.round};
    background: ${color.sunken};
    color: ${color.secondary};
    font-size: ${type.meta};
  }

  .popover .none {
    margin: 0;
    padding: ${space[4]};
    color: ${color.secondary};
  }

  @keyframes popover-in {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }

  @media (pointer: coarse) {
    .listbox [role='option'] {
      min-block-size: ${size.controlTouch};
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .popover:popover-open {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .popover {
      border: 1px solid CanvasText;
    }

    .listbox [role='option'][aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
