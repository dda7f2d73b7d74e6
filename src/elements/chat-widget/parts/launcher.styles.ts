import { css } from 'lit';
import { color, elevation, motion, radius, space, type } from '../../../tokens/index.js';

export const launcherStyles = css`
  .launcher {
    appearance: none;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: ${space[2]};
    position: relative;
    width: var(--_launcher);
    height: var(--_launcher);
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_button, ${color.accent});
    color: var(--_button-ink, ${color.onAccent});
    font: inherit;
    box-shadow: ${elevation.floating};
    cursor: pointer;
    will-change: transform;
    transition: transform ${motion.fast} ${motion.ease};
    animation: appear ${motion.slow} ${motion.ease};
  }

  .launcher .icon {
    inline-size: calc(var(--_launcher) * 0.43);
    block-size: calc(var(--_launcher) * 0.43);
  }

  @media (hover: hover) {
    .launcher:not(.tab):hover {
      transform: scale(1.04);
    }
  }

  .launcher:not(.tab):active {
    transform: scale(0.96);
  }

  .launcher:focus-visible {
    outline-width: 3px;
    outline-offset: 3px;
  }

  .badge {
    position: absolute;
    inset-block-start: -2px;
    inset-inline-end: -2px;
    min-inline-size: 22px;
    block-size: 22px;
    padding: 0 6px;
    border: 2px solid ${color.surface};
    border-radius: ${radius.round};
    background: ${color.ink};
    color: ${color.surface};
    font-size: ${type.meta};
    font-weight: ${type.semibold};
    line-height: 18px;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }

  @keyframes appear {
    from {
      transform: scale(0.8);
      opacity: 0;
    }
  }

  /* A tab lies at the edge of the window, and turns round at its sides. */
  .tab {
    width: auto;
    height: auto;
    min-height: var(--_launcher);
    max-width: calc(100vw - 2 * var(--_offset));
    padding: 0 18px 0 14px;
    border-radius: ${radius.large} ${radius.large} 0 0;
    font-weight: ${type.semibold};
    white-space: nowrap;
    animation: none;
  }

  .tab .icon.icon {
    inline-size: 20px;
    block-size: 20px;
  }

  .tab .badge {
    position: static;
    border: 0;
    line-height: 22px;
  }

  .caption {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  :host(:is([data-place^='l'], [data-place^='r'])) .tab {
    width: var(--_launcher);
    max-width: none;
    max-height: calc(100dvh - 2 * var(--_offset));
    padding: 14px 0 18px;
    writing-mode: vertical-lr;
  }

  :host(:is([data-place^='l'], [data-place^='r'])) .tab .badge {
    writing-mode: horizontal-tb;
  }

  :host([data-place^='l']) .tab {
    border-radius: 0 ${radius.large} ${radius.large} 0;
  }

  :host([data-place^='r']) .tab {
    border-radius: ${radius.large} 0 0 ${radius.large};
  }

  @media (max-width: 480px), (max-height: 420px) {
    :host([open]) .launcher {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .launcher {
      border: 1px solid CanvasText;
    }
  }
`;
