import { css } from 'lit';
import { color, radius, size, space, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: block;
    box-sizing: border-box;
    min-inline-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    background: ${color.surface};
    color: ${color.ink};
    font-family: ${type.family};
    line-height: ${type.leading};
  }

  .panes {
    position: relative;
    container-type: inline-size;
    padding: ${space[5]};
    font-size: ${type.secondary};
  }

  .head {
    display: grid;
    justify-items: center;
    gap: 2px;
    padding-block-end: ${space[4]};
    text-align: center;
  }

  .head conv-avatar {
    --conv-avatar-size: 64px;
  }

  .head h2 {
    max-inline-size: 100%;
    margin: ${space[3]} 0 0;
    font-size: ${type.title};
    font-weight: ${type.semibold};
    letter-spacing: ${type.tightTracking};
    overflow-wrap: anywhere;
  }

  .head h2:focus-visible {
    border-radius: 4px;
    outline-offset: 1px;
  }

  .head p {
    margin: 2px 0 0;
    color: ${color.tertiary};
    font-size: ${type.meta};
  }

  section,
  ::slotted([slot='pane']) {
    padding-block: ${space[4]};
    border-block-start: 1px solid ${color.line};
  }

  h3 {
    margin: 0 0 ${space[2]};
    color: ${color.tertiary};
    font-size: calc(${type.meta} * 11.5 / 12);
    font-weight: ${type.semibold};
    letter-spacing: 0.06em;
    text-transform: uppercase;
  }

  dl {
    display: grid;
    grid-template-columns: minmax(84px, min(6em, 40%)) minmax(0, 1fr);
    align-items: baseline;
    gap: 1px ${space[1]};
    margin: 0;
  }

  dt,
  dd {
    margin: 0;
    padding-block: 3px;
  }

  dt {
    overflow-wrap: break-word;
    color: ${color.tertiary};
  }

  dd:not(.plain) {
    padding-block: 0;
  }

  dd {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .plain {
    padding-inline: 7px;
  }

  .value {
    position: relative;
    display: block;
    inline-size: 100%;
    min-block-size: 26px;
    box-sizing: border-box;
    padding: 2px 6px;
    border: 1px solid transparent;
    border-radius: ${radius.small};
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: text;
  }

  .value .icon {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-end: 0;
    inline-size: 22px;
    block-size: 16px;
    padding-inline: 5px;
    background: ${color.sunken};
    color: ${color.tertiary};
    opacity: 0;
  }

  .value:hover,
  .value:focus-visible {
    border-color: ${color.line};
    background: ${color.sunken};
  }

  .value:hover .icon,
  .value:focus-visible .icon {
    opacity: 1;
  }

  .value:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: -1px;
  }

  .value.none {
    color: ${color.tertiary};
  }

  .editing,
  .new input,
  .new-tag {
    inline-size: 100%;
    min-block-size: ${size.controlSmall};
    box-sizing: border-box;
    padding: 2px 6px;
    border: 1px solid ${color.controlEdge};
    border-radius: ${radius.small};
    background: ${color.surface};
    color: inherit;
    font: inherit;
  }

  .editing:focus-visible,
  .new input:focus-visible,
  .new-tag:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: -1px;
  }

  [aria-invalid='true'] {
    border-color: ${color.danger};
  }

  .error {
    margin: 4px 0;
    color: ${color.danger};
    font-size: ${type.meta};
  }

  /* Begins where the value does, not where its button does. */
  .value + .error {
    margin: 0 7px 4px;
  }

  .hint {
    margin: 4px 0;
    color: ${color.tertiary};
    font-size: ${type.meta};
  }

  .empty {
    margin: 0;
    color: ${color.secondary};
  }

  ol {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 6px ${space[3]};
    margin: 0;
    padding: 0;
    list-style: none;
  }

  ol li {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    color: ${color.secondary};
  }

  ol time {
    white-space: nowrap;
    color: ${color.tertiary};
    font-variant-numeric: tabular-nums;
  }

  ol a {
    overflow: hidden;
    color: inherit;
    text-align: match-parent;
    text-decoration: none;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  ol a:hover {
    color: ${color.accentText};
    text-decoration: underline;
  }

  ol a:focus-visible {
    border-radius: 2px;
    outline: 2px solid ${color.accent};
    outline-offset: 1px;
  }

  .state {
    padding: 72px ${space[6]};
    font-size: ${type.secondary};
    color: ${color.secondary};
    text-align: center;
    text-wrap: balance;
  }

  .bone {
    display: block;
    border-radius: ${radius.small};
    background: ${color.sunken};
  }

  .bone.face {
    inline-size: 64px;
    block-size: 64px;
    border-radius: 50%;
  }

  .bone.title {
    inline-size: 50%;
    block-size: 14px;
    margin-block-start: ${space[4]};
  }

  .bone.row {
    inline-size: 100%;
    block-size: 12px;
    margin-block: ${space[3]};
  }

  /* Large text on little room: each value below its name. */
  @container (max-width: 15em) {
    dl {
      grid-template-columns: minmax(0, 1fr);
    }

    dt {
      padding-block-end: 0;
    }

    .plain {
      padding-inline: 0;
    }

    dd:not(.plain) {
      margin-inline-start: -7px;
    }
  }

  @media (forced-colors: active) {
    dl {
      row-gap: ${space[1]};
    }
  }

  @media (pointer: coarse) {
    .value,
    .editing,
    .new input,
    .new-tag {
      min-block-size: ${size.controlTouch};
    }

    .editing,
    .new input,
    .new-tag {
      font-size: ${type.touchField};
    }
  }
`;
