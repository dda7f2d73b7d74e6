import { css } from 'lit';
import { color, type } from '../../tokens/index.js';

export const agentStyles = css`
  .bubble.comment:not(.failed, .deleted) {
    border-color: ${color.commentEdge};
  }

  .bubble.comment:not(.deleted) {
    background: ${color.commentGround};
    color: ${color.commentInk};
  }

  .label {
    display: flex;
    align-items: center;
    gap: 6px;
    margin: 0 0 2px;
    font-size: ${type.meta};
    font-weight: ${type.semibold};
    letter-spacing: 0.04em;
    text-transform: uppercase;
  }

  .label .icon {
    inline-size: 13px;
    block-size: 13px;
  }

  @media (forced-colors: active) {
    .bubble.comment:not(.failed, .deleted) {
      border-style: dashed;
    }
  }

  .mention {
    padding: 0 3px;
    border-radius: 4px;
    background: color-mix(in srgb, ${color.commentEdge} 55%, transparent);
    color: inherit;
    font-weight: ${type.semibold};
  }
`;
