import { css } from 'lit';
import { color, radius, space, type } from '../../tokens/index.js';

/** The list of keys. */
export const keyStyles = css`
  .keys {
    inline-size: min(400px, calc(100vw - 2 * ${space[4]}));
  }

  .keys dl {
    margin: 0;
  }

  .keys dl > div {
    display: flex;
    align-items: center;
    gap: ${space[3]};
    min-block-size: 36px;
    border-block-end: 1px solid ${color.line};
  }

  .keys dt {
    flex: 1;
  }

  .keys dd {
    margin: 0;
  }

  kbd {
    display: inline-grid;
    place-items: center;
    min-inline-size: 24px;
    block-size: 24px;
    padding: 0 6px;
    border: 1px solid ${color.controlEdge};
    border-block-end-width: 2px;
    border-radius: ${radius.small};
    font: inherit;
    font-size: ${type.secondary};
    font-weight: ${type.semibold};
  }

  .keys .hint {
    margin: ${space[3]} 0 ${space[4]};
    color: ${color.secondary};
    font-size: ${type.secondary};
  }
`;
