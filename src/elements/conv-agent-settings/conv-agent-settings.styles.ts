import { css } from 'lit';
import { color, radius, size, space, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: block;
  }

  form {
    display: grid;
    gap: ${space[4]};
  }

  p {
    margin: 0;
  }

  hr {
    inline-size: 100%;
    margin: 0;
    border: 0;
    border-block-start: 1px solid ${color.line};
  }

  .face {
    display: flex;
    align-items: center;
    gap: ${space[3]};
    margin-block-end: ${space[3]};
    --conv-avatar-size: 48px;
  }

  .face strong {
    display: block;
    font-weight: ${type.semibold};
    overflow-wrap: anywhere;
  }

  .face + .hint {
    margin-block-end: ${space[4]};
  }

  .hint {
    color: ${color.secondary};
    font-size: ${type.secondary};
    overflow-wrap: anywhere;
  }

  .field {
    display: grid;
    gap: 6px;
    font-weight: ${type.medium};
  }

  #password-hint {
    margin-block-start: calc(-1 * ${space[2]});
  }

  .beside {
    margin: calc(-1 * ${space[3]}) calc(-1 * ${space[4]});
  }

  input:not([type='checkbox']),
  select {
    inline-size: 100%;
    min-block-size: 36px;
    padding: 0 10px;
    border: 1px solid ${color.controlEdge};
    border-radius: ${radius.small};
    background: ${color.surface};
    color: ${color.ink};
    font: inherit;
    font-weight: ${type.regular};
  }

  input:focus-visible,
  select:focus-visible {
    outline: 2px solid ${color.accentText};
    outline-offset: -1px;
  }

  [aria-invalid='true'] {
    border-color: ${color.danger};
  }

  .switch {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: start;
    gap: ${space[3]};
    cursor: pointer;
  }

  .switch .hint {
    display: block;
  }

  input[type='checkbox'] {
    inline-size: 18px;
    block-size: 18px;
    margin: 1px 0 0;
    accent-color: ${color.accent};
  }

  .week {
    display: grid;
    border-block: 1px solid ${color.line};
  }

  .day {
    display: grid;
    grid-template-columns: minmax(92px, 22%) minmax(0, 1fr) auto;
    align-items: start;
    gap: ${space[2]};
    margin: 0;
    padding: ${space[2]} 0;
    border: 0;
  }

  .day + .day {
    border-block-start: 1px solid ${color.line};
  }

  /* A legend is no part of the grid unless it floats. */
  legend {
    float: inline-start;
    padding: 0;
    line-height: 36px;
    font-weight: ${type.medium};
  }

  .spans {
    display: grid;
    gap: 6px;
    min-block-size: 36px;
    align-content: center;
  }

  .span {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 6px;
  }

  /* Wide enough for a time of twelve hours with its letters. */
  .span input:not([type='checkbox']) {
    padding-inline: ${space[2]} ${space[1]};
  }

  .span .icon-button {
    inline-size: 28px;
    block-size: 28px;
    min-inline-size: 28px;
    min-block-size: 28px;
  }

  @media (max-width: 480px) {
    .day {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    legend {
      float: none;
      line-height: inherit;
    }
  }

  .icon-button .icon,
  .beside .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  .error {
    color: ${color.danger};
    font-size: ${type.secondary};
  }

  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: ${space[3]};
  }

  .acts:not(:has(button, .outcome:not(:empty), .error)) {
    display: none;
  }

  .outcome {
    color: ${color.secondary};
    font-size: ${type.secondary};
  }

  @media (pointer: coarse) {
    input:not([type='checkbox']),
    select {
      min-block-size: ${size.controlTouch};
      font-size: ${type.touchField};
    }
  }
`;
