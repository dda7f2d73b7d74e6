import { css } from 'lit';
import { color, motion, radius, space, type } from '../../tokens/index.js';

/** The messages and what stands in their place. */
export const threadStyles = css`
  .middle {
    display: flex;
    flex: 1;
    flex-direction: column;
    position: relative;
    min-block-size: 0;
  }

  .log {
    flex: 1;
    min-block-size: 0;
    padding: ${space[4]};
    overflow: hidden auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
    scrollbar-width: thin;
    scrollbar-color: ${color.line} transparent;
  }

  /* A short conversation lies at the foot, next to the field. */
  .rows,
  .messages {
    display: flex;
    flex-direction: column;
  }

  .rows {
    justify-content: flex-end;
    min-block-size: 100%;
  }

  .day,
  .older,
  .line {
    margin: ${space[2]} 0 ${space[4]};
  }

  .day,
  .older {
    color: ${color.tertiary};
    font-size: ${type.meta};
    text-align: center;
  }

  .message {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    margin-block-end: ${space[1]};
    animation: rise ${motion.slow} ${motion.ease};
  }

  .message.theirs {
    grid-template-columns: 28px minmax(0, 1fr);
    column-gap: 10px;
  }

  .message.last {
    margin-block-end: ${space[3]};
  }

  .author {
    --conv-avatar-size: 28px;

    align-self: end;
    grid-row: 1;
  }

  .message > conv-message {
    grid-column: -2;
    justify-self: start;
    max-inline-size: 88%;
  }

  .own > conv-message {
    justify-self: end;
    max-inline-size: 80%;
  }

  .meta {
    grid-column: -2;
    margin: 6px ${space[1]} 0;
    color: ${color.tertiary};
    font-size: ${type.meta};
    line-height: 1.34;
  }

  .own .meta {
    text-align: end;
  }

  .inline-button {
    appearance: none;
    min-block-size: 24px;
    margin: 0;
    padding: 0 2px;
    border: 0;
    border-radius: ${radius.small};
    background: none;
    color: ${color.accentText};
    font: inherit;
    font-weight: ${type.semibold};
    text-decoration: underline;
    text-underline-offset: 2px;
    cursor: pointer;
  }

  /* What stands in place of messages. */
  .notice {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: ${space[3]};
    padding: ${space[6]};
    color: ${color.secondary};
    text-align: center;
    text-wrap: balance;
  }

  .notice > .icon {
    inline-size: 28px;
    block-size: 28px;
    color: ${color.tertiary};
  }

  .notice p {
    max-inline-size: 30ch;
    margin: 0;
  }

  .skeleton {
    display: flex;
    flex-direction: column;
    gap: ${space[3]};
    animation: wait ${motion.slow} ${motion.ease};
  }

  .bone {
    inline-size: 64%;
    block-size: 54px;
    margin-inline-start: 38px;
    border-radius: ${radius.bubble};
    background: ${color.sunken};
  }

  .bone.short {
    inline-size: 40%;
    block-size: 34px;
  }

  .bone.own {
    align-self: flex-end;
    background: ${color.accentSoft};
  }

  @keyframes wait {
    from {
      opacity: 0;
    }
  }

  /* The line about the connection floats above the messages: nothing jumps when it comes. */
  .connection-place {
    position: absolute;
    z-index: 1;
    inset: ${space[2]} ${space[3]} auto;
    pointer-events: none;
  }

  .connection {
    display: flex;
    align-items: center;
    gap: ${space[2]};
    padding: ${space[2]} ${space[3]};
    border: 1px solid ${color.line};
    border-radius: ${radius.medium};
    background: ${color.surface};
    color: ${color.secondary};
    font-size: ${type.secondary};
    pointer-events: auto;
    /* A short break is over before anybody needs to read about it. */
    animation: wait ${motion.slow} ${motion.ease} 600ms backwards;
  }

  .connection > span {
    flex: 1;
  }

  .connection .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  .connection .inline-button {
    white-space: nowrap;
  }
`;
