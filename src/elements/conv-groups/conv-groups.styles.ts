import { css } from 'lit';
import { color, radius, size, space, type } from '../../tokens/index.js';

export const styles = css`
  .hint,
  .news {
    margin: 0;
  }

  .news:not(:empty) {
    padding-block-end: ${space[2]};
    color: ${color.secondary};
  }

  .error {
    margin: 0;
    color: ${color.danger};
    font-size: ${type.secondary};
  }

  fieldset {
    display: grid;
    gap: ${space[1]};
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0 0 ${space[1]};
    font-size: ${type.secondary};
    font-weight: ${type.medium};
  }

  .agent {
    display: flex;
    align-items: center;
    gap: ${space[2]};
    min-block-size: 32px;
    --conv-avatar-size: 24px;
  }

  .agent input {
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: ${color.accent};
  }

  .agent .hint {
    display: block;
    font-size: ${type.secondary};
  }

  .translation {
    display: grid;
    grid-template-columns: minmax(0, 30%) minmax(0, 1fr) auto;
    align-items: center;
    gap: ${space[2]};
  }

  .translation input,
  fieldset > select {
    min-block-size: ${size.control};
    padding: 0 10px;
    border: 1px solid ${color.controlEdge};
    border-radius: ${radius.medium};
    background: ${color.surface};
    color: ${color.ink};
    font: inherit;
  }

  fieldset > select {
    justify-self: start;
    max-inline-size: 100%;
  }

  @media (pointer: coarse) {
    .agent {
      min-block-size: ${size.controlTouch};
    }

    .translation input,
    fieldset > select {
      min-block-size: ${size.controlTouch};
      font-size: ${type.touchField};
    }
  }
`;
