import { css } from 'lit';
import { color } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: inline-flex;
    inline-size: 10px;
    block-size: 10px;
  }

  :host([status='none']) {
    display: none;
  }

  .dot {
    inline-size: 100%;
    block-size: 100%;
    border-radius: 50%;
    background: ${color.new};
  }

  /* A ring besides the hue: the two differ without colour too. */
  .missed {
    background: ${color.missed};
    box-shadow: 0 0 0 3px color-mix(in srgb, ${color.missed} 24%, transparent);
  }

  @media (forced-colors: active) {
    .dot {
      forced-color-adjust: none;
      border: 1px solid CanvasText;
    }
  }
`;
