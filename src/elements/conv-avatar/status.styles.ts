import { css } from 'lit';
import { color } from '../../tokens/index.js';

export const statusStyles = css`
  .status {
    position: absolute;
    inset-block-end: -1px;
    inset-inline-end: -1px;
    inline-size: max(10px, calc(var(--_size) * 0.34));
    block-size: max(10px, calc(var(--_size) * 0.34));
    border: 2px solid var(--conv-avatar-ring, ${color.surface});
    border-radius: 50%;
    background: ${color.online};
  }

  /* Hollow and half shapes besides the hue: the three differ without colour too. */
  .offline {
    background: ${color.surface};
    box-shadow: inset 0 0 0 2px ${color.controlEdge};
  }

  .invisible {
    background: linear-gradient(90deg, ${color.controlEdge} 50%, ${color.surface} 50%);
    box-shadow: inset 0 0 0 1.5px ${color.controlEdge};
  }

  @media (forced-colors: active) {
    .status {
      forced-color-adjust: none;
    }
  }
`;
