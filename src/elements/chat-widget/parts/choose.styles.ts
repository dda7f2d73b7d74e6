import { css } from 'lit';
import { color, space } from '../../../tokens/index.js';
import { cardStyles } from './card.styles.js';

export const chooseStyles = css`
  ${cardStyles}

  .choose {
    display: flex;
    flex-wrap: wrap;
    gap: ${space[2]};
  }

  .choose h3 {
    flex: 1 0 100%;
    margin-block-end: ${space[1]};
  }

  .choose .unsure {
    border-color: transparent;
    color: ${color.accentText};
  }
`;
