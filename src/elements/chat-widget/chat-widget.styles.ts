import { css } from 'lit';
import { color, elevation, motion, radius, space, type } from '../../tokens/index.js';

/** Before all other styles: nothing of the page leaks in. */
export const reset = css`
  :host {
    all: initial;
  }
`;

/** Host, panel and its head; the button, places and phones have parts of their own. */
export const styles = css`
  /* The box is exactly the launcher's: it takes no other clicks. */
  :host {
    --_launcher: var(--conv-launcher-size, var(--_look-size, 56px));
    --_offset: var(--conv-launcher-offset, 24px);
    --_inline: min(
      var(--conv-panel-width, var(--_look-width, 380px)),
      100vw / var(--_zoom, 1) - 2 * var(--_offset)
    );
    --_height: var(--conv-panel-height, var(--_look-height, 620px));
    --_block: min(
      var(--_height),
      100dvh / var(--_zoom, 1) - 2 * var(--_offset) - var(--_launcher) - ${space[4]}
    );

    display: block;
    position: fixed;
    z-index: var(--conv-z-index, 9999);
    right: var(--_offset);
    bottom: var(--_offset);
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }

  .root {
    position: relative;
  }

  /* The page has a button of its own, beside which the panel stands. */
  :host([launcher='none']) {
    pointer-events: none;
  }

  :host([launcher='none']) .root {
    min-inline-size: var(--_launcher);
    min-block-size: var(--_launcher);
  }

  .panel,
  .teaser {
    pointer-events: auto;
  }

  /* Panel. */
  .panel {
    display: flex;
    flex-direction: column;
    position: absolute;
    right: 0;
    bottom: calc(100% + ${space[4]});
    inline-size: var(--_inline);
    block-size: var(--_block);
    border-radius: ${radius.panel};
    background: ${color.surface};
    box-shadow:
      0 0 0 1px color-mix(in srgb, ${color.line} 60%, transparent),
      ${elevation.panel};
    overflow: hidden;
    animation: rise ${motion.slow} ${motion.ease};
  }

  .panel:focus-visible,
  .log:focus-visible {
    outline-offset: -2px;
  }

  @keyframes rise {
    from {
      transform: translateY(8px);
      opacity: 0;
    }
  }

  /* Head. */
  .header {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    flex: none;
    align-items: start;
    column-gap: ${space[2]};
    padding-block: 18px 20px;
    padding-inline: 18px 10px;
    background: ${color.header};
    color: ${color.onHeader};
  }

  .headline {
    display: contents;
  }

  .faces ~ *,
  .availability {
    grid-column: 1 / -1;
    padding-inline-end: ${space[2]};
  }

  .faces {
    display: flex;
    margin-block-end: ${space[4]};
  }

  .face {
    --conv-avatar-size: 32px;
    --conv-avatar-ring: ${color.header};

    border: 2px solid ${color.header};
    border-radius: 50%;
    box-sizing: content-box;
    margin: -2px;
  }

  .face + .face {
    margin-inline-start: -7px;
  }

  .greeting {
    margin: 0;
    font-size: ${type.heading};
    font-weight: ${type.semibold};
    line-height: 1.3;
    letter-spacing: ${type.tightTracking};
    overflow-wrap: anywhere;
    text-wrap: balance;
  }

  .availability {
    display: flex;
    align-items: baseline;
    gap: ${space[2]};
    margin: 2px 0 0;
    font-size: ${type.text};
    color: ${color.onHeaderSecondary};
  }

  .presence {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: ${color.onlineOnHeader};
  }

  .header > .icon-button {
    grid-area: 1 / 3;
    color: inherit;
  }

  .header > .menu-button {
    grid-column: 2;
  }

  @media (hover: hover) {
    .header > .icon-button:hover {
      background: color-mix(in srgb, ${color.onHeader} 14%, transparent);
      color: inherit;
    }
  }

  .header > .icon-button:focus-visible {
    outline-color: ${color.onHeader};
  }

  @media (forced-colors: active) {
    .panel {
      border: 1px solid CanvasText;
    }
  }
`;
