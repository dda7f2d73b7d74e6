import { css } from 'lit';
import { color, elevation, motion, radius, size, space, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    min-inline-size: 0;
    min-block-size: 0;
    background: ${color.surface};
    color: ${color.ink};
    font-family: ${type.family};
    font-size: ${type.text};
    line-height: ${type.leading};
  }

  header {
    flex: none;
    padding: ${space[3]} ${space[4]};
    border-block-end: 1px solid ${color.line};
  }

  .title {
    display: flex;
    align-items: center;
    gap: ${space[3]};
    min-block-size: ${size.control};
  }

  h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    overflow: hidden;
    font-size: calc(${type.title} * 18 / 16);
    font-weight: ${type.semibold};
    letter-spacing: ${type.tightTracking};
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .filters {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-block-start: ${space[3]};
  }

  .pill {
    position: relative;
    display: inline-flex;
    align-items: center;
    color: ${color.secondary};
  }

  .pill .icon {
    position: absolute;
    inset-inline-end: 8px;
    inline-size: 14px;
    block-size: 14px;
    pointer-events: none;
  }

  select {
    appearance: none;
    field-sizing: content;
    min-block-size: 30px;
    box-sizing: border-box;
    padding-block: 0;
    padding-inline: 11px 26px;
    border: 1px solid ${color.line};
    border-radius: ${radius.round};
    background: ${color.surface};
    color: inherit;
    font: inherit;
    font-size: ${type.secondary};
    cursor: pointer;
  }

  select:hover {
    border-color: ${color.controlEdge};
    color: ${color.ink};
  }

  .sort {
    margin-inline: auto -8px;
  }

  .sort.oldest .icon {
    transform: scaleY(-1);
  }

  .scroller {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  ul {
    margin: 0;
    padding: 6px;
    list-style: none;
  }

  li {
    position: relative;
    border-radius: ${radius.medium};
    content-visibility: auto;
    contain-intrinsic-block-size: auto 62px;
  }

  .card {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    column-gap: ${space[3]};
    inline-size: 100%;
    box-sizing: border-box;
    padding: 9px 10px;
    border: 0;
    border-radius: inherit;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
    transition: background-color ${motion.fast} ${motion.ease};
  }

  .card:hover,
  li:focus-within .card {
    background: ${color.sunken};
  }

  .card[aria-current='true'] {
    background: ${color.accentSoft};
  }

  .card:focus-visible,
  .close:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: -2px;
  }

  .card > conv-avatar {
    --conv-avatar-size: 40px;
  }

  .assignees conv-avatar {
    --conv-avatar-size: 18px;
  }

  .lines {
    display: grid;
    gap: 2px;
    min-inline-size: 0;
  }

  .line {
    display: flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
  }

  .name {
    overflow: hidden;
    font-weight: ${type.semibold};
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .channel {
    display: inline-flex;
    flex: none;
    color: ${color.tertiary};
  }

  .channel .icon {
    inline-size: 14px;
    block-size: 14px;
  }

  time {
    flex: none;
    margin-inline-start: auto;
    padding-inline-start: ${space[1]};
    color: ${color.tertiary};
    font-size: ${type.meta};
  }

  .card[aria-current='true'] time,
  .card[aria-current='true'] .channel {
    color: ${color.secondary};
  }

  .excerpt {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    color: ${color.secondary};
    font-size: ${type.secondary};
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .waits .excerpt {
    color: ${color.ink};
  }

  .new .excerpt {
    font-weight: ${type.medium};
  }

  .who .icon {
    display: inline-block;
    inline-size: 13px;
    block-size: 13px;
    vertical-align: -2px;
  }

  .marks {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 6px;
    margin-inline-start: auto;
    padding-inline-start: ${space[1]};
  }

  .assignees {
    display: inline-flex;
  }

  .assignees conv-avatar + conv-avatar {
    margin-inline-start: -6px;
  }

  .close {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 8px;
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    padding: 0;
    border: 1px solid ${color.line};
    border-radius: ${radius.round};
    background: ${color.surface};
    color: ${color.secondary};
    box-shadow: ${elevation.raised};
    opacity: 0;
    cursor: pointer;
    transition: opacity ${motion.fast} ${motion.ease};
  }

  .close:hover {
    border-color: ${color.controlEdge};
    color: ${color.accentText};
  }

  .close .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  li:focus-within .close {
    opacity: 1;
  }

  /* It stands where the time does. */
  li:has(.close):focus-within time {
    opacity: 0;
  }

  @media (hover: hover) {
    li:hover .close {
      opacity: 1;
    }

    li:has(.close):hover time {
      opacity: 0;
    }
  }

  /* Where nothing hovers, the check mark would cover the time: it shows with focus only. */
  @media (hover: none) {
    .close {
      pointer-events: none;
    }

    li:focus-within .close {
      pointer-events: auto;
    }
  }

  .state {
    display: grid;
    justify-items: center;
    gap: ${space[2]};
    padding: 56px ${space[6]} ${space[6]};
    color: ${color.secondary};
    text-align: center;
  }

  .state strong {
    color: ${color.ink};
    font-weight: ${type.semibold};
  }

  .state p {
    margin: 0;
    max-inline-size: 28em;
    text-wrap: balance;
  }

  .state > .icon {
    inline-size: 28px;
    block-size: 28px;
    color: ${color.tertiary};
  }

  .note {
    margin: 0;
    padding: ${space[2]} ${space[4]};
    color: ${color.secondary};
    font-size: ${type.secondary};
    text-align: center;
  }

  .fault {
    margin: 0;
    color: ${color.danger};
  }

  .bone {
    display: block;
    border-radius: ${radius.small};
    background: ${color.sunken};
  }

  .bone.face {
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
  }

  .bone.name {
    inline-size: 45%;
    block-size: 12px;
  }

  .bone.excerpt {
    flex: none;
    inline-size: 85%;
    block-size: 12px;
    margin-block-start: 8px;
  }

  .bones .card {
    cursor: default;
  }

  .bones .card:hover {
    background: none;
  }

  @media (prefers-reduced-motion: reduce) {
    .card,
    .close {
      transition: none;
    }
  }

  @media (pointer: coarse) {
    select {
      min-block-size: ${size.control};
      font-size: ${type.touchField};
    }
  }

  @media (forced-colors: active) {
    .card[aria-current='true']:not(:focus-visible) {
      outline: 1px solid CanvasText;
      outline-offset: -1px;
    }
  }
`;
