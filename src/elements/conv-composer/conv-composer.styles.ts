import { css } from 'lit';
import { color, elevation, motion, radius, size, space, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: block;
    color: ${color.ink};
    font-family: ${type.family};
    line-height: ${type.leading};
  }

  .box {
    position: relative;
    border: 1px solid ${color.controlEdge};
    border-radius: ${radius.large};
    background: ${color.surface};
    box-shadow: ${elevation.raised};
    transition:
      border-color ${motion.fast} ${motion.ease},
      background-color ${motion.fast} ${motion.ease};
  }

  .box:has(textarea:focus-visible) {
    border-color: ${color.accent};
    box-shadow: 0 0 0 1px ${color.accent};
  }

  .box.comment {
    border-color: ${color.commentEdge};
    background: ${color.commentGround};
    color: ${color.commentInk};
  }

  .box.comment:has(textarea:focus-visible) {
    border-color: ${color.commentInk};
    box-shadow: 0 0 0 1px ${color.commentInk};
  }

  .files {
    margin: 0 ${space[2]} ${space[1]};
  }

  /* Over everything in the box while files are held over the thread. */
  .dropping::after {
    content: attr(data-drop);
    display: grid;
    place-items: center;
    position: absolute;
    z-index: 1;
    inset: 4px;
    border: 2px dashed ${color.accent};
    border-radius: ${radius.medium};
    background: ${color.accentSoft};
    color: ${color.accentText};
    font-weight: ${type.semibold};
    pointer-events: none;
  }

  .comment.dropping::after {
    border-color: ${color.commentInk};
    background: ${color.commentGround};
    color: ${color.commentInk};
  }

  .tabs {
    display: flex;
    align-items: center;
    gap: ${space[1]};
    padding: ${space[2]} ${space[2]} 0;
  }

  .tablist {
    display: flex;
    gap: ${space[1]};
  }

  [role='tab'] {
    min-block-size: ${size.controlSmall};
    padding: 0 ${space[3]};
    border: 0;
    border-radius: 8px;
    background: none;
    color: ${color.secondary};
    font: inherit;
    font-weight: ${type.medium};
    cursor: pointer;
  }

  [role='tab']:hover {
    color: ${color.ink};
  }

  [role='tab'][aria-selected='true'] {
    background: ${color.sunken};
    color: ${color.ink};
  }

  .comment [role='tab'] {
    color: ${color.commentInk};
  }

  .comment [role='tab'][aria-selected='true'] {
    background: ${color.commentEdge};
    color: ${color.commentInk};
  }

  .privacy {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    margin-inline-start: auto;
    padding-inline-end: ${space[2]};
    font-size: ${type.meta};
  }

  .privacy .icon {
    inline-size: 14px;
    block-size: 14px;
  }

  textarea {
    display: block;
    field-sizing: content;
    inline-size: 100%;
    min-block-size: 48px;
    max-block-size: min(38vh, 320px);
    box-sizing: border-box;
    padding: 10px ${space[4]};
    border: 0;
    outline: 0;
    background: none;
    color: inherit;
    font: inherit;
    overflow-wrap: anywhere;
    resize: none;
  }

  /* The box shows it. */
  textarea:focus-visible {
    outline: 0;
  }

  textarea::placeholder {
    color: ${color.tertiary};
    opacity: 1;
  }

  .comment textarea::placeholder {
    color: ${color.commentInk};
  }

  .bar {
    display: flex;
    align-items: center;
    gap: 2px;
    padding: ${space[2]};
    border-block-start: 1px solid ${color.line};
  }

  .comment .bar {
    border-color: ${color.commentEdge};
  }

  .tools {
    display: flex;
    gap: 2px;
    min-inline-size: 0;
  }

  .tool {
    display: grid;
    place-items: center;
    inline-size: ${size.controlSmall};
    block-size: ${size.controlSmall};
    padding: 0;
    border: 0;
    border-radius: 8px;
    background: none;
    color: ${color.secondary};
    cursor: pointer;
  }

  .comment .tool {
    color: ${color.commentInk};
  }

  .tool:hover {
    background: ${color.sunken};
    color: ${color.ink};
  }

  .comment .tool:hover {
    background: ${color.commentEdge};
    color: ${color.commentInk};
  }

  .tool .icon {
    inline-size: clamp(17px, calc(${type.text} * 17 / 14), 24px);
    block-size: auto;
  }

  [role='tab']:focus-visible,
  .tool:focus-visible,
  .send:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: 1px;
  }

  .comment :is([role='tab'], .tool, .send):focus-visible {
    outline-color: ${color.commentInk};
  }

  .limit {
    margin: 0;
    margin-inline-start: auto;
    padding-inline: ${space[2]};
    color: ${color.secondary};
    font-size: ${type.meta};
    text-align: end;
  }

  .comment .limit {
    color: ${color.commentInk};
  }

  .limit.over {
    color: ${color.danger};
    font-weight: ${type.medium};
  }

  .comment .limit.over {
    color: ${color.commentInk};
  }

  .send {
    flex: none;
    min-block-size: 34px;
    margin-inline-start: auto;
    padding: 0 ${space[4]};
    border: 0;
    border-radius: ${radius.medium};
    background: ${color.accent};
    color: ${color.onAccent};
    font: inherit;
    font-weight: ${type.semibold};
    cursor: pointer;
  }

  .limit + .send {
    margin-inline-start: 0;
  }

  .send:hover {
    filter: brightness(1.06);
  }

  .comment .send {
    background: ${color.commentInk};
    color: ${color.commentGround};
  }

  .send[aria-disabled='true'] {
    opacity: 0.55;
    cursor: not-allowed;
  }

  @media (prefers-reduced-motion: reduce) {
    .box {
      transition: none;
    }
  }

  @media (pointer: coarse) {
    textarea {
      font-size: ${type.touchField};
    }

    .tool,
    .send,
    [role='tab'] {
      min-inline-size: 40px;
      min-block-size: ${size.controlTouch};
    }
  }

  @media (forced-colors: active) {
    .send {
      border: 1px solid ButtonText;
    }

    [role='tab'][aria-selected='true'] {
      text-decoration: underline 2px;
      text-underline-offset: 4px;
    }
  }
`;
