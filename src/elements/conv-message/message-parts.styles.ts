import { css } from 'lit';
import { color, type } from '../../tokens/index.js';

export const partsStyles = css`
  .bubble.deleted {
    border: 1px dashed ${color.controlEdge};
    background: transparent;
    color: ${color.secondary};
    font-style: italic;
  }

  .edited {
    display: block;
    font-size: ${type.meta};
    opacity: 0.85;
  }

  .text a {
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  .bubble a:focus-visible {
    outline-color: currentColor;
    outline-offset: 1px;
    border-radius: 2px;
  }
`;
