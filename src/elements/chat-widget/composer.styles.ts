import { css } from 'lit';
import { color, radius, size, space, type } from '../../tokens/index.js';

export const composerStyles = css`
  .composer {
    flex: none;
    padding: 0 ${space[3]} ${space[3]};
  }

  .box {
    display: flex;
    align-items: flex-end;
    gap: ${space[1]};
    padding: 5px;
    border: 1px solid ${color.controlEdge};
    border-radius: ${radius.large};
    background: ${color.surface};
    cursor: text;
  }

  .box:focus-within {
    border-color: ${color.accent};
    box-shadow: 0 0 0 1px ${color.accent};
  }

  /* The hidden twin gives the field its height. */
  .grow {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }

  .grow::after {
    content: attr(data-text) ' ';
    visibility: hidden;
  }

  .grow::after,
  .field {
    grid-area: 1 / 1;
    min-block-size: ${size.control};
    max-block-size: calc(6 * 1.4286em + 16px);
    margin: 0;
    padding: ${space[2]};
    border: 0;
    font: inherit;
    line-height: ${type.leading};
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    overflow-y: auto;
    scrollbar-width: thin;
  }

  .field {
    appearance: none;
    display: block;
    inline-size: 100%;
    border-radius: 0;
    background: transparent;
    color: ${color.ink};
    outline: none;
    resize: none;
  }

  /* An empty field with dir=auto would begin at the left in every language. */
  .field:placeholder-shown {
    direction: inherit;
    unicode-bidi: normal;
  }

  .field::placeholder {
    color: ${color.tertiary};
    opacity: 1;
  }

  .send {
    background: ${color.accent};
    color: ${color.onAccent};
  }

  @media (hover: hover) {
    .send.send:hover:not(:disabled) {
      background: ${color.accent};
      color: ${color.onAccent};
      opacity: 0.9;
    }
  }

  .problem {
    margin: ${space[1]} ${space[2]} 0;
    color: ${color.danger};
    font-size: ${type.meta};
  }

  .problem.waits {
    color: ${color.secondary};
  }

  @media (pointer: coarse) {
    .grow {
      font-size: ${type.touchField};
    }

    .grow::after,
    .field {
      min-block-size: ${size.controlTouch};
      padding-block: 10px;
    }
  }
`;
