import { css } from 'lit';
import { color, motion, radius, size, space, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: block;
  }

  /* About three rows; more are reached by scrolling, so that the thread keeps its place. */
  .list {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr));
    gap: ${space[2]};
    max-block-size: 184px;
    margin: 0;
    padding: 2px;
    overflow-y: auto;
    scrollbar-width: thin;
    list-style: none;
  }

  .file {
    display: flex;
    align-items: center;
    gap: ${space[2]};
    position: relative;
    min-inline-size: 0;
    padding: 6px;
    border-radius: ${radius.medium};
    background: ${color.sunken};
    color: ${color.ink};
    overflow: hidden;
  }

  .preview {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: ${radius.small};
    background: ${color.surface};
    color: ${color.secondary};
    overflow: hidden;
  }

  canvas {
    inline-size: 100%;
    block-size: 100%;
  }

  .uploading canvas,
  .queued canvas,
  .cancelled canvas {
    opacity: 0.6;
  }

  .about {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    line-height: 1.35;
  }

  .name {
    overflow: hidden;
    font-size: ${type.secondary};
    font-weight: ${type.medium};
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .meta,
  .problem,
  .refusal {
    color: ${color.secondary};
    font-size: ${type.meta};
  }

  .meta {
    overflow: hidden;
    font-variant-numeric: tabular-nums;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .problem,
  .refusal,
  .failed .preview {
    color: ${color.danger};
  }

  .cancelled .name {
    color: ${color.secondary};
    text-decoration: line-through;
  }

  .refusal {
    margin: ${space[2]} 2px 0;
  }

  .acts {
    display: flex;
    flex: none;
    align-self: start;
  }

  .acts .icon-button {
    inline-size: 28px;
    block-size: 28px;
    border-radius: ${radius.small};
  }

  .acts .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  @media (hover: hover) {
    .acts .icon-button:hover:not(:disabled) {
      background: color-mix(in srgb, currentColor 12%, transparent);
    }
  }

  progress {
    appearance: none;
    position: absolute;
    inset: auto 0 0;
    inline-size: 100%;
    block-size: 3px;
    border: 0;
    background: ${color.line};
  }

  progress::-webkit-progress-bar {
    background: ${color.line};
  }

  progress::-webkit-progress-value {
    background: ${color.accent};
    transition: inline-size ${motion.slow} linear;
  }

  progress::-moz-progress-bar {
    background: ${color.accent};
  }

  @media (pointer: coarse) {
    .acts .icon-button {
      inline-size: ${size.control};
      min-inline-size: ${size.control};
      block-size: ${size.controlTouch};
    }
  }

  @media (forced-colors: active) {
    .file {
      border: 1px solid CanvasText;
    }

    progress::-webkit-progress-value {
      background: Highlight;
    }
  }
`;
