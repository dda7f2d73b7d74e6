import { css } from 'lit';
import { color, space, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }

  form {
    container-type: inline-size;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  .line {
    gap: ${space[3]};
    margin-inline: ${space[5]};
    border-block-end: 1px solid ${color.line};
  }

  .line > span:first-child {
    flex: none;
    color: ${color.secondary};
  }

  /* The line shows it. */
  .line:focus-within {
    border-color: ${color.accent};
    box-shadow: 0 1px 0 ${color.accent};
  }

  .line:has([aria-invalid]) {
    border-color: ${color.danger};
    box-shadow: 0 1px 0 ${color.danger};
  }

  .address {
    overflow: hidden;
    color: ${color.secondary};
    font-size: ${type.secondary};
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .body {
    position: relative;
    display: flex;
    flex: 1 1 auto;
    flex-direction: column;
    min-block-size: 120px;
    overflow-y: auto;
  }

  .body .panel {
    display: flex;
    flex: 1 0 auto;
    flex-direction: column;
  }

  .body textarea {
    flex: 1;
    min-block-size: 180px;
    max-block-size: none;
  }

  .body textarea,
  .body .marks {
    padding: ${space[3]} ${space[5]};
  }

  .body .panel:has(textarea:focus-visible) {
    box-shadow: inset 2px 0 0 ${color.accent};
  }

  .body .panel:has(textarea:focus-visible):dir(rtl) {
    box-shadow: inset -2px 0 0 ${color.accent};
  }

  .files {
    margin-inline: ${space[4]};
  }

  .unknown,
  .fault,
  .addresses {
    margin: ${space[2]} ${space[5]} 0;
    font-size: ${type.secondary};
  }

  .unknown,
  .addresses {
    color: ${color.secondary};
  }

  .addresses {
    padding-block-end: ${space[2]};
    font-size: ${type.meta};
    overflow-wrap: anywhere;
  }

  .fault {
    color: ${color.danger};
  }

  .bar {
    flex: none;
    padding: ${space[3]} ${space[4]};
  }

  .discard {
    flex: none;
    margin-inline-start: auto;
  }

  .discard + .send {
    margin-inline-start: ${space[2]};
  }
`;
