import { css } from 'lit';
import { color, elevation, motion, radius, size, space, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    overflow: hidden;
    background: ${color.canvas};
  }

  .inbox {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }

  .panes {
    position: relative;
    display: grid;
    flex: 1;
    /* Larger text takes more of the list and of the contact, as long as the thread has its share. */
    grid-template-columns:
      64px minmax(280px, clamp(340px, 18em, 34cqi)) minmax(0, 1fr)
      clamp(304px, 13em, max(304px, 26cqi));
    grid-template-rows: minmax(0, 1fr);
    min-block-size: 0;
  }

  .medium .panes {
    grid-template-columns: 64px minmax(0, max(clamp(300px, 34cqi, 320px), min(14em, 44cqi))) minmax(
        0,
        1fr
      );
    overflow: hidden;
  }

  .narrow .panes {
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: minmax(0, 1fr) auto;
  }

  .pane {
    display: grid;
    min-inline-size: 0;
    min-block-size: 0;
  }

  .pane > * {
    min-block-size: 0;
  }

  .pane:not(.last) {
    border-inline-end: 1px solid ${color.line};
  }

  .narrow .pane {
    border: 0;
  }

  .narrow .nav {
    order: 1;
    border-block-start: 1px solid ${color.line};
  }

  /* Over the thread's end, not in its place: the reading position stays. */
  /* Until its code is there. */
  conv-contact:not(:defined),
  conv-composer:not(:defined) {
    display: block;
    visibility: hidden;
  }

  .medium .contact {
    position: absolute;
    z-index: 20;
    inset-block: 0;
    inset-inline-end: 0;
    inline-size: min(320px, 80%);
    box-shadow: ${elevation.panel};
    animation: slide ${motion.slow} ${motion.ease};
  }

  @keyframes slide {
    from {
      opacity: 0;
      transform: translateX(16px);
    }
  }

  .corner {
    position: absolute;
    z-index: 1;
    inset-block-start: ${space[2]};
    inset-inline-end: ${space[2]};
  }

  .narrow .corner {
    inset-inline: ${space[2]} auto;
  }

  conv-list::part(offline),
  conv-thread::part(offline) {
    display: none;
  }

  .notice {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: ${space[1]} ${space[4]};
    padding: 6px ${space[4]};
    border-block-end: 1px solid ${color.line};
    background: ${color.surface};
    font-size: ${type.secondary};
  }

  .notice p {
    display: flex;
    align-items: center;
    gap: ${space[2]};
    margin: 0;
  }

  .notice .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  .notice.offline {
    background: ${color.commentGround};
    border-color: ${color.commentEdge};
    color: ${color.commentInk};
  }

  .notice.refused {
    color: ${color.danger};
  }

  .notice .button {
    min-block-size: ${size.controlSmall};
    font-size: ${type.secondary};
  }

  .notice.offline .button {
    border-color: currentcolor;
    color: inherit;
  }

  form {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: center;
    gap: ${space[2]} ${space[3]};
    inline-size: 100%;
    padding-block: ${space[1]};
  }

  label {
    display: grid;
    gap: 2px;
    color: ${color.secondary};
    font-size: ${type.meta};
  }

  input {
    inline-size: 210px;
    max-inline-size: 100%;
    min-block-size: ${size.controlSmall};
    padding: 2px 10px;
    border: 1px solid ${color.controlEdge};
    border-radius: 8px;
    background: ${color.surface};
    color: ${color.ink};
    font: inherit;
    font-size: ${type.text};
  }

  input[aria-invalid='true'] {
    border-color: ${color.danger};
  }

  .error {
    color: ${color.danger};
  }

  .saved {
    color: ${color.online};
  }

  .narrow input,
  .narrow label {
    inline-size: 100%;
  }

  .counted {
    border-radius: ${radius.round};
  }

  @media (pointer: coarse) {
    input {
      min-block-size: ${size.controlTouch};
      font-size: ${type.touchField};
    }

    .notice .button {
      min-block-size: ${size.controlTouch};
    }
  }
`;
