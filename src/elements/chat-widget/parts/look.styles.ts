import { css } from 'lit';
import { radius, space } from '../../../tokens/index.js';

/** Places of the button, tabs at the edge, and layouts; the corner at the bottom right needs none. */
export const lookStyles = css`
  /* The panel opens towards the middle of the window. */
  :host(:is([data-place='bl'], [data-place^='l'])) {
    right: auto;
    left: var(--_offset);
  }

  :host(:is([data-place='bl'], [data-place^='l'])) :is(.panel, .teaser) {
    right: auto;
    left: 0;
  }

  :host([data-place='bc']) {
    right: 0;
    left: 0;
    inline-size: fit-content;
    margin-inline: auto;
  }

  :host([data-place='bc']) :is(.panel, .teaser) {
    right: auto;
    left: calc(50% - var(--_inline) / 2);
  }

  :host([data-place='bc']) .teaser {
    inline-size: var(--_inline);
  }

  :host(:is([data-place='lt'], [data-place='rt'])) {
    top: var(--_offset);
    bottom: auto;
  }

  :host(:is([data-place='lt'], [data-place='rt'])) :is(.panel, .teaser) {
    top: calc(100% + ${space[4]});
    bottom: auto;
  }

  :host(:is([data-place='lm'], [data-place='rm'])) {
    top: 0;
    bottom: 0;
    block-size: fit-content;
    margin-block: auto;
  }

  :host(:is([data-place='lm'], [data-place='rm'])) .panel {
    --_block: min(var(--_height), 100dvh - 2 * var(--_offset));

    top: calc(50% - var(--_block) / 2);
    bottom: auto;
  }

  :host([data-place='lm']) :is(.panel, .teaser),
  :host([data-style='tab'][data-place^='l']) :is(.panel, .teaser) {
    left: calc(100% + ${space[4]});
  }

  :host([data-place='rm']) :is(.panel, .teaser),
  :host([data-style='tab'][data-place^='r']) :is(.panel, .teaser) {
    right: calc(100% + ${space[4]});
  }

  :host(:is([data-place='lm'], [data-place='rm'])) .teaser {
    bottom: auto;
  }

  /* Tabs. */
  :host([data-style='tab']) {
    --_launcher: 44px;

    bottom: 0;
  }

  :host([data-style='tab'][data-place^='l']) {
    bottom: var(--_offset);
    left: 0;
  }

  :host([data-style='tab'][data-place^='r']) {
    right: 0;
    bottom: var(--_offset);
  }

  :host([data-style='tab']:is([data-place='lt'], [data-place='rt'])) {
    bottom: auto;
  }

  :host([data-style='tab']:is([data-place='lt'], [data-place='rt'])) :is(.panel, .teaser) {
    top: 0;
  }

  :host([data-style='tab']:is([data-place='lm'], [data-place='rm'])) {
    bottom: 0;
  }

  :host([data-style='tab']:is([data-place='lb'], [data-place='rb'])) :is(.panel, .teaser) {
    bottom: 0;
  }

  /* In the place of its tag, or all of the window. */
  :host([layout='inline']) {
    position: relative;
    inset: auto;
    z-index: auto;
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 320px;
  }

  :host([layout='page']) {
    position: fixed;
    inset: 0;
  }

  :host(:is([layout='inline'], [layout='page'])) .root {
    block-size: 100%;
    min-block-size: inherit;
  }

  :host(:is([layout='inline'], [layout='page'])) .panel {
    position: absolute;
    inset: 0;
    inline-size: auto;
    block-size: auto;
    animation: none;
  }

  :host([layout='page']) .panel {
    border-radius: 0;
    box-shadow: none;
  }

  :host([layout='inline']) .panel {
    border-radius: ${radius.panel};
  }

  /* Lines stay short enough to be read. */
  :host([layout='page']) :is(.header, .log, .composer, .powered) {
    padding-inline: max(${space[4]}, 50% - 380px);
  }

  :host(:is([layout='inline'], [layout='page'])) .minimize {
    display: none;
  }

  /* Inks on a bubble of another colour. */
  :host([data-bubble]) .theirs conv-message {
    --conv-ink: var(--_bubble-ink);
    --conv-secondary: var(--_bubble-ink);
    --conv-tertiary: var(--_bubble-ink);
    --conv-accent-text: var(--_bubble-ink);
  }
`;
