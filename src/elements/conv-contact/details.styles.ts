import { css } from 'lit';
import { color, radius, size, space, type } from '../../tokens/index.js';

/** Tags, notes, choices and lists below a contact's fields. */
export const detailStyles = css`
  textarea {
    resize: vertical;
    min-block-size: 84px;
  }

  .value.notes {
    margin-inline: -7px;
    inline-size: calc(100% + 14px);
  }

  .notes bdi {
    white-space: pre-wrap;
  }

  .choice {
    position: relative;
    display: grid;
    align-items: center;
    color: ${color.ink};
  }

  .choice.none {
    color: ${color.tertiary};
  }

  .choice select {
    appearance: none;
    inline-size: 100%;
    min-block-size: 26px;
    padding-block: 2px;
    padding-inline: 6px 22px;
    border: 1px solid transparent;
    border-radius: ${radius.small};
    background: ${color.surface};
    color: inherit;
    font: inherit;
    text-overflow: ellipsis;
    cursor: pointer;
  }

  .choice select:hover,
  .choice select:focus-visible {
    border-color: ${color.line};
    background: ${color.sunken};
  }

  .choice .icon {
    position: absolute;
    inset-inline-end: 5px;
    inline-size: 14px;
    block-size: 14px;
    color: ${color.tertiary};
    pointer-events: none;
  }

  .attribute {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: start;
  }

  .icon-button.small {
    inline-size: 24px;
    block-size: 26px;
    min-inline-size: 24px;
    min-block-size: 26px;
    opacity: 0;
  }

  .icon-button.small .icon {
    inline-size: 14px;
    block-size: 14px;
  }

  .attribute:hover .small,
  .attribute:focus-within .small {
    opacity: 1;
  }

  @media (hover: none) {
    .icon-button.small {
      opacity: 1;
    }
  }

  .add {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 26px;
    margin: 2px -6px 0;
    padding: 2px 6px;
    border: 0;
    border-radius: ${radius.small};
    background: none;
    color: ${color.accentText};
    font: inherit;
    cursor: pointer;
  }

  .add:hover {
    background: ${color.sunken};
  }

  .add .icon {
    inline-size: 14px;
    block-size: 14px;
  }

  .new {
    display: grid;
    gap: 6px;
    margin-block-start: 6px;
  }

  .row {
    display: flex;
    gap: 6px;
  }

  .meanwhile {
    display: flex;
    flex-wrap: wrap;
    gap: ${space[1]};
    margin-block: ${space[1]};
  }

  .button.small {
    min-block-size: 28px;
    padding: 0 10px;
    border-color: ${color.line};
  }

  .button.quiet {
    border-color: transparent;
  }

  .tags {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .tags .add {
    margin: 0 -2px;
  }

  .tags li:first-child .add {
    margin-inline-start: -6px;
  }

  .tag {
    display: inline-flex;
    align-items: center;
    max-inline-size: 100%;
    min-block-size: 26px;
    padding-inline: 9px 1px;
    border: 1px solid transparent;
    border-radius: ${radius.round};
    background: ${color.sunken};
  }

  .tag bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .tag button {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: ${color.secondary};
    cursor: pointer;
  }

  .tag button:hover {
    color: ${color.ink};
  }

  .tag .icon {
    inline-size: 12px;
    block-size: 12px;
  }

  .new-tag {
    inline-size: 12em;
  }

  .consents,
  .past {
    display: grid;
    gap: 2px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .consents label {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: ${space[2]};
    padding-block: 4px;
    cursor: pointer;
  }

  .consents input {
    inline-size: 16px;
    block-size: 16px;
    margin: 2px 0 0;
    accent-color: ${color.accent};
  }

  .when {
    display: block;
    color: ${color.tertiary};
    font-size: ${type.meta};
  }

  .past button {
    display: block;
    inline-size: calc(100% + 16px);
    margin-inline: -8px;
    padding: 6px 8px;
    border: 0;
    border-radius: ${radius.small};
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .past button:hover {
    background: ${color.sunken};
  }

  .said {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  dd a {
    color: ${color.accentText};
    overflow-wrap: anywhere;
  }

  .host {
    overflow-wrap: anywhere;
  }

  .earlier[open] {
    display: flex;
    flex-direction: column;
    block-size: min(720px, calc(100dvh - 2 * ${space[4]}));
    overflow: hidden;
    font-size: ${type.text};
  }

  .earlier conv-thread {
    flex: 1;
    min-block-size: 0;
    border-block-start: 1px solid ${color.line};
  }

  @media (max-width: 480px) {
    .earlier[open] {
      block-size: 100dvh;
    }
  }

  @media (pointer: coarse) {
    .choice select,
    .add,
    .past button,
    .consents label {
      min-block-size: ${size.controlTouch};
    }

    .choice select {
      font-size: ${type.touchField};
    }
  }
`;
