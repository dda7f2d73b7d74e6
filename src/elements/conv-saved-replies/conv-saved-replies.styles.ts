import { css } from 'lit';
import { color, space, type } from '../../tokens/index.js';

export const styles = css`
  .find {
    flex: 1 1 200px;
  }

  .slash::before {
    content: '/';
    color: ${color.secondary};
    font-weight: ${type.regular};
  }

  .variables {
    max-inline-size: 240px;
  }

  .for {
    display: flex;
    flex-wrap: wrap;
    gap: ${space[1]} ${space[4]};
    margin: 0;
    padding: 0;
    border: 0;
  }

  .for legend {
    margin-block-end: ${space[1]};
    padding: 0;
    font-size: ${type.secondary};
    font-weight: ${type.medium};
  }

  .for label {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 28px;
  }

  .for input {
    accent-color: ${color.accent};
  }

  .fault {
    margin: ${space[2]} 0 0;
    color: ${color.danger};
  }
`;
