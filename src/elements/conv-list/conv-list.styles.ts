import { css } from 'lit';
import { color, radius, size, space, type } from '../../tokens/index.js';

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
    font-size: calc(${type.title} * 18 / 16);
    font-weight: ${type.semibold};
    line-height: 1.3;
    letter-spacing: ${type.tightTracking};
    overflow-wrap: break-word;
  }

  .filters {
    display: flex;
    flex-wrap: wrap;
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

  .tools {
    display: inline-flex;
    margin-inline: auto -8px;
  }

  @media (forced-colors: active) {
    .tools {
      gap: 6px;
      margin-inline-end: 0;
    }
  }

  .tools .icon {
    inline-size: clamp(18px, calc(${type.text} * 18 / 14), 26px);
    block-size: auto;
  }

  .search {
    position: relative;
    display: flex;
    align-items: center;
    margin-block-start: ${space[2]};
    color: ${color.secondary};
  }

  .search > .icon {
    position: absolute;
    inset-inline-start: 10px;
    inline-size: clamp(16px, calc(${type.text} * 16 / 14), 22px);
    block-size: auto;
    pointer-events: none;
  }

  .search input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: max(36px, 1.9em);
    padding-block: 0;
    padding-inline: clamp(34px, calc(18px + ${type.text} * 16 / 14), 42px) 34px;
    border: 1px solid transparent;
    border-radius: ${radius.medium};
    background: ${color.sunken};
    color: ${color.ink};
    font: inherit;
    text-overflow: ellipsis;
  }

  .search input::placeholder {
    color: ${color.tertiary};
    opacity: 1;
  }

  .search input:hover {
    border-color: ${color.line};
  }

  .search input:focus-visible {
    outline: 2px solid ${color.accentText};
    outline-offset: -1px;
    background: ${color.surface};
  }

  .search .clear {
    position: absolute;
    inset-inline-end: 2px;
    inline-size: 32px;
    block-size: 32px;
    min-inline-size: 0;
    min-block-size: 0;
  }

  .search .clear .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  .found {
    margin: 0;
    color: ${color.secondary};
    font-size: ${type.secondary};
  }

  .bulk {
    display: flex;
    flex-wrap: wrap;
    min-block-size: ${size.control};
    align-items: center;
    gap: 6px;
    margin-block-start: ${space[3]};
  }

  .all {
    display: inline-flex;
    flex: 1;
    align-items: center;
    gap: ${space[3]};
    min-block-size: ${size.control};
    padding-inline-start: 7px;
    font-size: ${type.secondary};
    white-space: nowrap;
    cursor: pointer;
  }

  .acts {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    margin-inline-end: -8px;
  }

  .button.small {
    gap: 6px;
    min-block-size: 30px;
    padding: 0 10px;
    border-color: ${color.line};
    border-radius: ${radius.round};
    font-size: ${type.secondary};
  }

  .button.small.quiet {
    border-color: transparent;
    color: ${color.accentText};
  }

  .button.small .icon {
    inline-size: 15px;
    block-size: 15px;
  }

  .button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }

  input[type='checkbox'] {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: ${color.accent};
    cursor: pointer;
  }

  .done {
    flex: none;
    display: flex;
    align-items: center;
    gap: ${space[2]};
  }

  .done.shown {
    padding: ${space[1]} ${space[2]} ${space[1]} ${space[4]};
    border-block-start: 1px solid ${color.line};
    background: ${color.surface};
    font-size: ${type.secondary};
  }

  .done.shown .told:not(:empty) {
    flex: 1;
    min-inline-size: 0;
  }

  .done .icon-button .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  .sort.oldest .icon {
    transform: scaleY(-1);
  }

  .scroller {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
  }

  ul {
    display: flex;
    flex-direction: column;
    margin: 0;
    padding: 6px;
    list-style: none;
  }

  li {
    position: relative;
    flex: none;
    border-radius: ${radius.medium};
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

  .bones li:nth-child(2n) .name {
    inline-size: 32%;
  }

  .bones li:nth-child(3n) .excerpt {
    inline-size: 64%;
  }

  .bones .card {
    cursor: default;
  }

  .bones .card:hover {
    background: none;
  }

  @media (pointer: coarse) {
    select {
      min-block-size: ${size.control};
      font-size: ${type.touchField};
    }
  }
`;
