import { css } from 'lit';
import { radius, space, type } from '../../tokens/index.js';

/** What markdown may show; fetched with what renders it. */
export const richStyles = css`
  .rich > :first-child {
    margin-block-start: 0;
  }

  .rich > :last-child {
    margin-block-end: 0;
  }

  .rich :is(p, ul, ol, pre, blockquote, table) {
    margin: 0 0 ${space[2]};
  }

  .rich :is(ul, ol) {
    padding-inline-start: ${space[5]};
  }

  .rich li :is(ul, ol, p) {
    margin: 0;
  }

  .rich :is(h1, h2, h3, h4, h5, h6) {
    margin: ${space[2]} 0 ${space[1]};
    font-size: inherit;
    font-weight: ${type.semibold};
    line-height: inherit;
  }

  .rich :is(strong, th) {
    font-weight: ${type.semibold};
  }

  .rich blockquote {
    padding-inline-start: ${space[3]};
    border-inline-start: 3px solid color-mix(in srgb, currentColor 32%, transparent);
  }

  .rich :is(code, pre) {
    border-radius: ${radius.small};
    background: color-mix(in srgb, currentColor 10%, transparent);
    font-family: ${type.mono};
    font-size: 0.929em;
  }

  .rich code {
    padding: 1px 4px;
  }

  .rich pre {
    padding: ${space[2]} ${space[3]};
    white-space: pre-wrap;
  }

  .rich pre code {
    padding: 0;
    background: none;
    font-size: inherit;
  }

  .rich hr {
    border: 0;
    border-block-start: 1px solid color-mix(in srgb, currentColor 32%, transparent);
  }

  .rich table {
    display: block;
    max-inline-size: 100%;
    overflow-x: auto;
    border-collapse: collapse;
  }

  .rich :is(th, td) {
    padding: 2px ${space[2]};
    border: 1px solid color-mix(in srgb, currentColor 24%, transparent);
  }
`;
