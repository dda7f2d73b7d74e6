import { css } from 'lit';
import { color, radius, size, space, type } from '../../tokens/index.js';

/**
 * `.bare-field`: a label over an icon or a word and an input without edges, for a line of its own;
 * with `.boxed` it has edges, which show the focus.
 */
export const bareFieldStyles = css`
  .bare-field {
    display: flex;
    flex: none;
    align-items: center;
    gap: ${space[2]};
  }

  .bare-field .icon {
    inline-size: 16px;
    block-size: 16px;
    color: ${color.secondary};
  }

  .bare-field input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: ${size.controlTouch};
    padding: 0;
    border: 0;
    outline: 0;
    background: none;
    color: ${color.ink};
    font: inherit;
  }

  .bare-field input::placeholder {
    color: ${color.tertiary};
    opacity: 1;
  }

  .bare-field.boxed {
    padding-inline: 10px;
    border: 1px solid ${color.controlEdge};
    border-radius: ${radius.medium};
  }

  .bare-field.boxed:focus-within {
    border-color: ${color.accent};
    box-shadow: 0 0 0 1px ${color.accent};
  }

  .bare-field.boxed input {
    min-block-size: 34px;
  }

  @media (pointer: coarse) {
    .bare-field input {
      font-size: ${type.touchField};
    }

    .bare-field.boxed input {
      min-block-size: ${size.controlTouch};
    }
  }
`;
