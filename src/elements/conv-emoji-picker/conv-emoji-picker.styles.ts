import { css } from 'lit';
import { color, radius, size, space, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: block;
    inline-size: 336px;
    max-inline-size: 100%;
  }

  .base {
    display: flex;
    flex-direction: column;
    gap: ${space[2]};
    padding: ${space[3]};
  }

  .tabs {
    display: grid;
    grid-template-columns: repeat(10, 1fr);
    border-block-end: 1px solid ${color.line};
  }

  .tabs [role='tab'] {
    block-size: 34px;
    padding: 0;
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    font-size: ${type.title};
    line-height: 1;
    opacity: 0.62;
    filter: grayscale(1);
    cursor: pointer;
  }

  .tabs [role='tab']:hover {
    opacity: 1;
  }

  .tabs [role='tab'][aria-selected='true'] {
    border-color: ${color.accent};
    opacity: 1;
    filter: none;
  }

  .panel {
    block-size: 232px;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  .row {
    display: grid;
    grid-template-columns: repeat(8, 1fr);
    content-visibility: auto;
    contain-intrinsic-block-size: 38px;
  }

  [role='gridcell'] {
    block-size: 38px;
    padding: 0;
    border: 0;
    border-radius: ${radius.small};
    background: none;
    font-size: 22px;
    line-height: 1;
    cursor: pointer;
  }

  [role='gridcell']:hover {
    background: ${color.sunken};
  }

  :is([role='gridcell'], [role='tab']):focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: -2px;
  }

  .none {
    margin: ${space[5]} ${space[2]};
    color: ${color.secondary};
    text-align: center;
  }

  .foot {
    display: flex;
    align-items: center;
    gap: ${space[2]};
    border-block-start: 1px solid ${color.line};
    padding-block-start: ${space[2]};
  }

  .name {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
    margin: 0;
    overflow: hidden;
    color: ${color.secondary};
    font-size: ${type.meta};
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .name span {
    font-size: 18px;
  }

  .tones {
    display: flex;
    flex: none;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .tone {
    display: grid;
    place-items: center;
    position: relative;
    inline-size: 24px;
    block-size: 28px;
    border-radius: ${radius.small};
    cursor: pointer;
  }

  .tone input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .tone:hover {
    background: ${color.sunken};
  }

  .tone:has(:checked) {
    background: ${color.accentSoft};
  }

  .tone:has(:focus-visible) {
    outline: 2px solid ${color.accent};
  }

  @media (pointer: coarse) {
    .row {
      contain-intrinsic-block-size: ${size.controlTouch};
    }

    [role='gridcell'] {
      block-size: ${size.controlTouch};
    }
  }

  @media (forced-colors: active) {
    .tone:has(:checked) {
      outline: 2px solid Highlight;
    }

    .tabs [role='tab'][aria-selected='true'] {
      border-color: Highlight;
    }
  }
`;
