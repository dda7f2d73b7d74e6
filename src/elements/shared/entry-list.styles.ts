import { css } from 'lit';
import { color, radius, size, space, type } from '../../tokens/index.js';

/** A list of entries that can be edited, see `EntryList`, and the form in which one is. */
export const entryListStyles = css`
  :host {
    display: block;
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    gap: ${space[2]};
    padding-block-end: ${space[3]};
  }

  .items {
    max-block-size: min(52vh, 420px);
    margin: 0 calc(-1 * ${space[2]});
    padding: 0 ${space[2]};
    overflow-y: auto;
    list-style: none;
    scrollbar-width: thin;
  }

  .item {
    display: flex;
    align-items: center;
    gap: ${space[1]};
    padding: ${space[2]} 0;
    border-block-start: 1px solid ${color.line};
  }

  .item.asked {
    flex-wrap: wrap;
    gap: ${space[2]};
  }

  .item.asked p {
    flex: 1 1 220px;
    margin: 0;
  }

  .what {
    flex: 1;
    min-inline-size: 0;
  }

  .what strong {
    font-weight: ${type.medium};
    overflow-wrap: anywhere;
  }

  .what p {
    display: -webkit-box;
    margin: 0;
    overflow: hidden;
    color: ${color.secondary};
    font-size: ${type.secondary};
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }

  .badge {
    margin-inline-start: 4px;
    padding: 1px 7px;
    border-radius: ${radius.round};
    background: ${color.sunken};
    color: ${color.secondary};
    font-size: ${type.meta};
  }

  .item .icon {
    inline-size: 17px;
    block-size: 17px;
  }

  .none {
    margin: ${space[4]} 0;
    color: ${color.secondary};
  }

  form {
    display: flex;
    flex-direction: column;
    gap: ${space[3]};
  }

  .field {
    display: flex;
    flex-direction: column;
    gap: ${space[1]};
    font-size: ${type.secondary};
    font-weight: ${type.medium};
  }

  .field :is(input, textarea, select) {
    inline-size: 100%;
    min-block-size: ${size.control};
    padding: 6px 10px;
    border: 1px solid ${color.controlEdge};
    border-radius: ${radius.medium};
    background: ${color.surface};
    color: ${color.ink};
    font: inherit;
    font-size: ${type.text};
    font-weight: ${type.regular};
  }

  .field textarea {
    max-block-size: 40vh;
    resize: vertical;
  }

  .field :is(input, textarea, select):focus-visible {
    border-color: ${color.accent};
    outline: 1px solid ${color.accent};
    outline-offset: 0;
  }

  .field [aria-invalid] {
    border-color: ${color.danger};
  }

  .control {
    display: flex;
    align-items: center;
    gap: 6px;
  }

  .hint {
    color: ${color.secondary};
    font-weight: ${type.regular};
  }

  .acts {
    display: flex;
    justify-content: flex-end;
    gap: ${space[2]};
    padding-block-start: ${space[2]};
  }

  @media (pointer: coarse) {
    .field :is(input, textarea, select) {
      min-block-size: ${size.controlTouch};
      font-size: ${type.touchField};
    }
  }
`;
