import { css } from 'lit';
import { color, elevation, motion, radius, size, space, type } from '../../tokens/index.js';

/** The rows of a thread: dividers, messages, and what is done with one. */
export const rowStyles = css`
  .rows {
    display: flex;
    flex-direction: column;
    /* Few messages stand at the bottom, next to the field. */
    margin: auto 0 0;
    padding: ${space[5]} ${space[6]} ${space[3]};
    list-style: none;
  }

  .rows conv-message {
    --conv-bubble-in: var(--conv-thread-bubble-in, ${color.surface});
    --conv-bubble-in-edge: ${color.line};
  }

  /* Rows have no margins: those stand for the rows that are not rendered. */
  .message {
    max-inline-size: min(640px, 82%);
    padding-block-start: ${space[1]};
  }

  .message.first {
    padding-block-start: ${space[6]};
  }

  .rows > .top {
    padding-block-start: 0;
  }

  .message.in {
    align-self: start;
    padding-inline-start: 44px;
  }

  .message.own {
    align-self: end;
  }

  .line {
    position: relative;
    display: flex;
  }

  .message.own .line {
    inline-size: fit-content;
    margin-inline-start: auto;
  }

  .line > conv-avatar {
    position: absolute;
    inset-block-end: 2px;
    inset-inline-start: -44px;
  }

  /* One line: a long name or subject is cut, the time and the state never are. */
  .meta {
    display: flex;
    margin: 6px ${space[1]} 0;
    color: ${color.tertiary};
    font-size: ${type.meta};
    white-space: pre;
  }

  .meta > * {
    flex: none;
  }

  .meta > [aria-hidden] {
    display: flex;
    flex: 0 1 auto;
    min-inline-size: 0;
  }

  .meta bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .message.own .meta {
    justify-content: end;
  }

  .older {
    margin: 0;
    padding: ${space[3]};
    color: ${color.tertiary};
    font-size: ${type.meta};
    text-align: center;
  }

  .divider {
    align-self: center;
    padding-block: ${space[6]} ${space[2]};
    color: ${color.tertiary};
    font-size: ${type.meta};
  }

  .divider.new {
    display: flex;
    align-items: center;
    align-self: stretch;
    gap: ${space[3]};
    color: ${color.accentText};
    font-weight: ${type.medium};
  }

  .divider.new::before,
  .divider.new::after {
    flex: 1;
    border-block-start: 1px solid ${color.accent};
    content: '';
    opacity: 0.35;
  }

  .divider.system {
    padding-block: ${space[4]} ${space[3]};
    max-inline-size: 90%;
  }

  .acts {
    position: absolute;
    z-index: 1;
    inset-block-start: max(0px, 50% - 17px);
    inset-inline-end: calc(100% + 6px);
    display: flex;
    padding: 2px;
    border-radius: ${radius.medium};
    background: ${color.surface};
    outline: 1px solid ${color.line};
    box-shadow: ${elevation.raised};
    opacity: 0;
    pointer-events: none;
    transition: opacity ${motion.fast} ${motion.ease};
  }

  /* A bridge for the pointer on its way from the bubble. */
  .acts::after {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 100%;
    inline-size: 8px;
    content: '';
  }

  .message:hover .acts,
  .message:focus-within .acts {
    opacity: 1;
    pointer-events: auto;
  }

  .acts button {
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    padding: 0;
    border: 0;
    border-radius: 8px;
    background: none;
    color: ${color.secondary};
    cursor: pointer;
  }

  .acts button:hover {
    background: ${color.sunken};
    color: ${color.ink};
  }

  .acts .icon {
    inline-size: 15px;
    block-size: 15px;
  }

  .acts button:focus-visible,
  .failed button:focus-visible,
  .edit button:focus-visible,
  .latest:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: 1px;
  }

  .edit {
    display: grid;
    gap: ${space[2]};
    inline-size: min(560px, 72cqi);
  }

  .edit textarea {
    field-sizing: content;
    min-block-size: 60px;
    max-block-size: 40vh;
    padding: 10px ${space[3]};
    border: 1px solid ${color.controlEdge};
    border-radius: ${radius.medium};
    background: ${color.surface};
    color: inherit;
    font: inherit;
    resize: none;
  }

  .edit textarea:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: -1px;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: ${space[2]};
  }

  .small {
    min-block-size: ${size.controlSmall};
    padding: 0 ${space[3]};
    border: 1px solid ${color.controlEdge};
    border-radius: 8px;
    background: ${color.surface};
    color: ${color.ink};
    font: inherit;
    font-size: ${type.secondary};
    font-weight: ${type.medium};
    cursor: pointer;
  }

  .small.primary {
    border-color: transparent;
    background: ${color.accent};
    color: ${color.onAccent};
  }

  .small.danger {
    border-color: currentcolor;
    color: ${color.danger};
  }

  .error {
    margin: 0;
    color: ${color.danger};
    font-size: ${type.meta};
  }

  .failed {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 2px ${space[2]};
    padding-inline-end: ${space[1]};
    color: ${color.danger};
    font-size: ${type.meta};
    text-align: end;
  }

  .email .icon {
    align-self: center;
    inline-size: 12px;
    block-size: 12px;
    margin-inline-end: 2px;
  }

  .email {
    overflow-wrap: anywhere;
  }

  .email .route {
    display: flex;
    flex: 0 1 auto;
    align-items: baseline;
    gap: 0.3em;
    min-inline-size: 0;
    white-space: nowrap;
  }

  .route bdi {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .route bdi:first-of-type {
    flex: none;
    max-inline-size: 75%;
  }

  .email .dot {
    white-space: pre;
  }

  .failed .route {
    flex: 1 1 100%;
    justify-content: end;
  }

  .failed .dot {
    display: none;
  }

  .ways {
    white-space: nowrap;
  }

  .failed button {
    min-block-size: 24px;
    padding: 0 4px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: ${color.accentText};
    font: inherit;
    font-weight: ${type.semibold};
    text-decoration: underline;
    text-underline-offset: 2px;
    cursor: pointer;
  }

  @media (prefers-reduced-motion: no-preference) {
    /* Not the row itself: where that stands is measured. */
    .message.fresh > *,
    .message.queued > *,
    .message.sending > * {
      animation: rise ${motion.slow} ${motion.ease};
    }
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }

  @media (forced-colors: active) {
    .divider.new::before,
    .divider.new::after {
      opacity: 1;
    }
  }

  @container (max-width: 560px) {
    .rows {
      padding-inline: ${space[3]};
    }

    .message {
      max-inline-size: 88%;
    }

    .acts {
      inset-block-start: -14px;
      inset-inline-end: 8px;
    }
  }
`;
