import { css } from 'lit';
import { color, elevation, motion, radius, space } from '../../../tokens/index.js';

export const teaserStyles = css`
  .teaser {
    --_inline: min(300px, 100vw - 2 * var(--_offset));

    display: flex;
    align-items: flex-start;
    position: absolute;
    right: 0;
    bottom: calc(100% + ${space[3]});
    inline-size: max-content;
    max-inline-size: var(--_inline);
    padding: ${space[1]};
    border-radius: ${radius.panel};
    background: ${color.surface};
    color: ${color.ink};
    box-shadow:
      0 0 0 1px color-mix(in srgb, ${color.line} 60%, transparent),
      ${elevation.floating};
    animation: rise ${motion.slow} ${motion.ease};
  }

  .teaser-text {
    appearance: none;
    flex: 1;
    min-inline-size: 0;
    min-block-size: 36px;
    max-block-size: 172px;
    margin: 0;
    padding: ${space[2]} ${space[1]} ${space[2]} ${space[3]};
    border: 0;
    border-radius: ${radius.large};
    background: none;
    color: inherit;
    font: inherit;
    line-height: inherit;
    text-align: start;
    overflow: hidden auto;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .teaser-text bdi {
    white-space: pre-line;
  }

  .teaser .dismiss .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  @media (forced-colors: active) {
    .teaser {
      border: 1px solid CanvasText;
    }
  }
`;
