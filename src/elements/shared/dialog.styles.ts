import { css } from 'lit';
import { color, elevation, motion, radius, space, type } from '../../tokens/index.js';

/** Of what `renderDialog` renders. */
export const dialogStyles = css`
  .dialog {
    inline-size: min(480px, calc(100vw - 2 * ${space[4]}));
    max-block-size: min(720px, calc(100dvh - 2 * ${space[4]}));
    margin: auto;
    padding: 0;
    border: 0;
    border-radius: ${radius.panel};
    outline: 1px solid ${color.line};
    background: ${color.surface};
    color: ${color.ink};
    font-size: ${type.text};
    box-shadow: ${elevation.panel};
    overflow: auto;
    overscroll-behavior: contain;
    text-align: start;
  }

  .dialog.wide {
    inline-size: min(680px, calc(100vw - 2 * ${space[4]}));
  }

  .dialog[open] {
    animation: dialog-in ${motion.slow} ${motion.ease};
  }

  .dialog::backdrop {
    background: rgb(20 18 15 / 45%);
  }

  .dialog-head {
    display: flex;
    align-items: center;
    gap: ${space[3]};
    padding: ${space[4]} ${space[3]} ${space[2]} ${space[5]};
  }

  .dialog-head h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font-size: ${type.title};
    font-weight: ${type.semibold};
    letter-spacing: ${type.tightTracking};
    overflow-wrap: anywhere;
  }

  /* It takes the focus for what is read first; nothing can be done with it. */
  .dialog-head h2:focus {
    outline: 0;
  }

  .dialog-body {
    padding: ${space[2]} ${space[5]};
  }

  .dialog-acts {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: ${space[2]};
    padding: ${space[3]} ${space[5]} ${space[5]};
  }

  @keyframes dialog-in {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }

  @media (max-width: 480px) {
    .dialog.full {
      inline-size: 100vw;
      max-inline-size: none;
      block-size: 100dvh;
      max-block-size: none;
      border-radius: 0;
      outline: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .dialog[open] {
      animation: none;
    }
  }

  @media (forced-colors: active) {
    .dialog {
      border: 1px solid CanvasText;
    }
  }
`;
