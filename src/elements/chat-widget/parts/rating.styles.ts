import { css } from 'lit';
import { color, radius, space, type } from '../../../tokens/index.js';
import { cardStyles } from './card.styles.js';

export const ratingStyles = css`
  ${cardStyles}

  .scores {
    display: flex;
    justify-content: space-between;
    gap: ${space[1]};
  }

  .score {
    position: relative;
    display: grid;
    place-items: center;
    flex: 1;
    min-block-size: 48px;
    border: 1px solid transparent;
    border-radius: ${radius.medium};
    color: ${color.secondary};
    cursor: pointer;
  }

  .score .icon {
    inline-size: 28px;
    block-size: 28px;
    pointer-events: none;
  }

  .score input {
    appearance: none;
    position: absolute;
    inset: 0;
    margin: 0;
    cursor: pointer;
    border-radius: inherit;
  }

  .score:has(:checked) {
    border-color: ${color.accent};
    background: ${color.accentSoft};
    color: ${color.accentText};
  }

  @media (hover: hover) {
    .score:hover:not(:has(:checked)) {
      background: ${color.sunken};
    }
  }

  .named {
    margin: ${space[1]} 0 ${space[2]};
    color: ${color.secondary};
    font-size: ${type.secondary};
    text-align: center;
  }

  .acts {
    display: flex;
    gap: ${space[2]};
    margin-block-start: ${space[3]};
  }

  .acts .button {
    flex: 1;
  }

  @media (forced-colors: active) {
    .score:has(:checked) {
      outline: 2px solid Highlight;
    }
  }
`;
