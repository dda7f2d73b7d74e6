import { css } from 'lit';
import { size, space, type } from '../../tokens/index.js';

/** The query of `phone.ts`. With the keyboard up the head gives most of its room. */
export const phoneStyles = css`
  @media (max-width: 480px), (max-height: 420px) {
    :host {
      --_offset: max(
        var(--conv-launcher-offset, 16px),
        env(safe-area-inset-bottom),
        env(safe-area-inset-left),
        env(safe-area-inset-right)
      );
    }

    :host(:not([layout='inline'])) .panel.panel.panel {
      position: fixed;
      inset: var(--_visible-top, 0) 0 auto;
      inline-size: 100%;
      block-size: var(--_visible-height, 100dvh);
      border-radius: 0;
    }

    .header {
      padding-block: max(14px, env(safe-area-inset-top)) ${space[4]};
    }

    .icon-button {
      inline-size: ${size.controlTouch};
      block-size: ${size.controlTouch};
    }

    .grow {
      font-size: ${type.touchField};
    }

    .composer {
      padding-inline: max(${space[3]}, env(safe-area-inset-left))
        max(${space[3]}, env(safe-area-inset-right));
      padding-block-end: max(${space[3]}, env(safe-area-inset-bottom));
    }

    :host([data-low]) :is(.faces, .availability) {
      display: none;
    }

    :host([data-low]) .header {
      padding-block: ${space[2]};
    }

    :host([data-low]) .greeting {
      grid-column: 1;
    }
  }
`;
