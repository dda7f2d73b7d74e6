import { css } from 'lit';
import { color, radius, space, type } from '../../../tokens/index.js';

export const filesStyles = css`
  .files {
    margin-block-end: 6px;
  }

  /* Over the whole panel while files are held over it. */
  [data-drop]::after {
    content: attr(data-drop);
    display: grid;
    place-items: center;
    position: absolute;
    z-index: 2;
    inset: ${space[2]};
    border: 2px dashed ${color.accent};
    border-radius: ${radius.large};
    background: ${color.accentSoft};
    color: ${color.accentText};
    font-weight: ${type.semibold};
    pointer-events: none;
  }
`;
