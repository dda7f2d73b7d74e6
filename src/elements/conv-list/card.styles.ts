import { css } from 'lit';
import { color, elevation, motion, radius, space, type } from '../../tokens/index.js';

/** One card of the list. */
export const cardStyles = css`
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
  li:focus-within .card,
  li:has(:checked) .card {
    background: ${color.sunken};
  }

  li .card[aria-current='true'] {
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

  /* Deep letters are not cut at their feet. */
  .name,
  .excerpt {
    margin-block-end: -0.15em;
    padding-block-end: 0.15em;
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

  mark {
    border-radius: 3px;
    background: ${color.accentSoft};
    color: ${color.accentText};
    font-weight: ${type.semibold};
  }

  .card[aria-current='true'] mark {
    background: none;
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  .subject {
    color: ${color.ink};
    font-weight: ${type.medium};
  }

  .subject::after {
    content: ' · ';
  }

  .tag {
    flex: none;
    padding: 0 6px;
    border-radius: ${radius.round};
    background: ${color.sunken};
    color: ${color.secondary};
    font-size: ${type.meta};
  }

  .mention {
    display: inline-grid;
    place-items: center;
    inline-size: 1.5em;
    block-size: 1.5em;
    border-radius: 50%;
    background: ${color.commentGround};
    outline: 1px solid ${color.commentEdge};
    outline-offset: -1px;
    color: ${color.commentInk};
    font-size: ${type.meta};
    font-weight: ${type.semibold};
    line-height: 1;
  }

  /* It takes the place of the face. */
  .pick {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: 10px;
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    margin-block-start: -20px;
    border-radius: 50%;
    opacity: 0;
    pointer-events: none;
    cursor: pointer;
  }

  .selecting .pick,
  .pick:focus-within {
    opacity: 1;
    pointer-events: auto;
  }

  .selecting .card > conv-avatar,
  li:has(.pick:focus-within) .card > conv-avatar {
    opacity: 0;
  }

  @media (hover: hover) {
    .pick {
      pointer-events: auto;
    }

    li:hover .pick {
      opacity: 1;
    }

    li:hover .card > conv-avatar {
      opacity: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .card,
    .close {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .card[aria-current='true']:not(:focus-visible) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }

    li:has(:checked) .card:not(:focus-visible, [aria-current='true']) {
      outline: 1px dashed Highlight;
      outline-offset: -2px;
    }
  }
`;
