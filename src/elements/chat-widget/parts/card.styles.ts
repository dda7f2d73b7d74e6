import { css } from 'lit';
import { color, motion, radius, size, space, type } from '../../../tokens/index.js';

/** A card within the conversation, and the controls on it. */
export const cardStyles = css`
  .card {
    align-self: stretch;
    margin: ${space[2]} 0 ${space[3]};
    padding: ${space[4]};
    border: 1px solid ${color.line};
    border-radius: ${radius.large};
    background: ${color.surface};
    animation: arrive ${motion.slow} ${motion.ease};
  }

  .card :is(h3, legend) {
    margin: 0 0 ${space[3]};
    padding: 0;
    font-size: ${type.lead};
    font-weight: ${type.semibold};
    letter-spacing: ${type.tightTracking};
    text-wrap: balance;
  }

  .card fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .card .question {
    display: block;
    margin-block-end: ${space[3]};
  }

  .card .question > span {
    display: block;
    margin-block-end: ${space[1]};
    font-size: ${type.secondary};
    font-weight: ${type.medium};
  }

  .card .mark {
    color: ${color.tertiary};
    font-weight: ${type.regular};
  }

  .card
    :is(input:not([type]), input[type='text'], input[type='email'], input[type='tel'], textarea) {
    appearance: none;
    display: block;
    inline-size: 100%;
    min-block-size: ${size.control};
    margin: 0;
    padding: ${space[2]} 10px;
    border: 1px solid ${color.controlEdge};
    border-radius: ${radius.medium};
    background: ${color.surface};
    color: ${color.ink};
    font: inherit;
  }

  .card :is(input, textarea):focus-visible {
    border-color: ${color.accent};
    outline: 2px solid ${color.accent};
    outline-offset: -1px;
  }

  .card [aria-invalid='true'] {
    border-color: ${color.danger};
  }

  .card textarea {
    min-block-size: 72px;
    resize: vertical;
  }

  .card ::placeholder {
    color: ${color.tertiary};
    opacity: 1;
  }

  .card .agree {
    display: flex;
    gap: ${space[2]};
    align-items: flex-start;
    margin-block-end: ${space[3]};
    font-size: ${type.secondary};
  }

  .card [type='checkbox'] {
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    margin: -2px 0 0;
    accent-color: ${color.accent};
  }

  .card a {
    display: inline-block;
    min-block-size: 24px;
    color: ${color.accentText};
  }

  .card .wrong {
    display: block;
    margin-block: ${space[1]} 0;
    color: ${color.danger};
    font-size: ${type.meta};
    font-weight: ${type.regular};
  }

  .card .button.primary {
    inline-size: 100%;
    border-color: transparent;
    background: ${color.accent};
    color: ${color.onAccent};
    font-weight: ${type.semibold};
  }

  @media (hover: hover) {
    .card .button.primary:hover:not(:disabled) {
      opacity: 0.9;
    }
  }

  .noted {
    display: flex;
    flex-wrap: wrap;
    gap: 0 ${space[2]};
    align-items: center;
    justify-content: center;
    margin: ${space[2]} 0 ${space[3]};
    color: ${color.tertiary};
    font-size: ${type.meta};
    text-align: center;
  }

  .noted .icon {
    inline-size: 14px;
    block-size: 14px;
  }

  @media (pointer: coarse) {
    .card
      :is(input:not([type]), input[type='text'], input[type='email'], input[type='tel'], textarea) {
      min-block-size: ${size.controlTouch};
      font-size: ${type.touchField};
    }
  }
`;
