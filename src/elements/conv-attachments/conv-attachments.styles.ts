import { css } from 'lit';
import { motion, radius, space, type } from '../../tokens/index.js';

/** Colours come from the bubble around it: own, theirs and comments look like what they are. */
export const styles = css`
  :host {
    display: block;
    color: inherit;
  }

  ul {
    display: grid;
    justify-items: start;
    gap: ${space[1]};
    margin: ${space[1]} 0 3px;
    padding: 0;
    list-style: none;
  }

  li {
    min-inline-size: 0;
    max-inline-size: 100%;
  }

  :is(.picture, .download) {
    color: inherit;
    text-decoration: none;
    border-radius: ${radius.medium};
  }

  .picture {
    display: block;
    position: relative;
    border: 1px solid color-mix(in srgb, currentColor 12%, transparent);
    background: color-mix(in srgb, currentColor 8%, transparent);
    overflow: hidden;
  }

  .place {
    display: block;
    max-inline-size: 100%;
    block-size: auto;
  }

  img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    animation: appear ${motion.slow} ease-out;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  .cover {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: ${space[1]};
    position: absolute;
    inset: 0;
    padding: ${space[1]};
    font-size: ${type.meta};
    line-height: 1.25;
    text-align: center;
  }

  .download {
    display: flex;
    align-items: center;
    gap: ${space[2]};
    min-block-size: 48px;
    padding: 6px ${space[3]} 6px 10px;
    border: 1px solid color-mix(in srgb, currentColor 24%, transparent);
  }

  .download:dir(rtl) {
    padding: 6px 10px 6px ${space[3]};
  }

  .about {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    line-height: 1.35;
  }

  .name {
    overflow-wrap: anywhere;
    font-weight: ${type.medium};
  }

  .size {
    font-size: ${type.meta};
  }

  .download > .icon:last-child {
    inline-size: 16px;
    block-size: 16px;
    margin-inline-start: ${space[1]};
  }

  @media (hover: hover) {
    a.download:hover {
      background: color-mix(in srgb, currentColor 8%, transparent);
    }
  }

  a:focus-visible {
    outline-color: currentColor;
    outline-offset: 1px;
  }

  @media (forced-colors: active) {
    .picture {
      border: 1px solid CanvasText;
    }
  }
`;
