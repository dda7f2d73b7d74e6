import { css } from 'lit';
import { color, elevation, motion, radius, size, space, type } from '../../tokens/index.js';

/** Host, launcher, panel and its head. */
export const styles = css`
  /* Nothing of the page leaks in. The box is exactly the launcher's: it takes no other clicks. */
  :host {
    --_launcher: var(--conv-launcher-size, 56px);
    --_offset: var(--conv-launcher-offset, 24px);

    all: initial;
    display: block;
    position: fixed;
    z-index: var(--conv-z-index, 9999);
    right: var(--_offset);
    bottom: var(--_offset);
    color-scheme: light dark;
    color: ${color.ink};
    font-family: ${type.family};
    line-height: ${type.leading};
    -webkit-font-smoothing: antialiased;
    -webkit-tap-highlight-color: transparent;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }

  /* After all: initial, which would win over the shared ones. */
  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  .root {
    position: relative;
  }

  /* Launcher. */
  .launcher {
    appearance: none;
    display: flex;
    align-items: center;
    justify-content: center;
    position: relative;
    inline-size: var(--_launcher);
    block-size: var(--_launcher);
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: ${color.accent};
    color: ${color.onAccent};
    box-shadow: ${elevation.floating};
    cursor: pointer;
    will-change: transform;
    transition: transform ${motion.fast} ${motion.ease};
    animation: appear ${motion.slow} ${motion.ease};
  }

  .launcher .icon {
    inline-size: calc(var(--_launcher) * 0.43);
    block-size: calc(var(--_launcher) * 0.43);
  }

  .launcher[aria-expanded='true'] .icon {
    inline-size: calc(var(--_launcher) * 0.4);
    block-size: calc(var(--_launcher) * 0.4);
  }

  @media (hover: hover) {
    .launcher:hover {
      transform: scale(1.04);
    }
  }

  .launcher:active {
    transform: scale(0.96);
  }

  .launcher:focus-visible {
    outline-width: 3px;
    outline-offset: 3px;
  }

  .badge {
    position: absolute;
    inset-block-start: -2px;
    inset-inline-end: -2px;
    min-inline-size: 22px;
    block-size: 22px;
    padding: 0 6px;
    border: 2px solid ${color.surface};
    border-radius: ${radius.round};
    background: ${color.ink};
    color: ${color.surface};
    font-size: ${type.meta};
    font-weight: ${type.semibold};
    line-height: 18px;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }

  /* Panel. */
  .panel {
    display: flex;
    flex-direction: column;
    position: absolute;
    right: 0;
    bottom: calc(100% + ${space[4]});
    inline-size: min(var(--conv-panel-width, 380px), 100vw - 2 * var(--_offset));
    block-size: min(
      var(--conv-panel-height, 620px),
      100dvh - 2 * var(--_offset) - var(--_launcher) - ${space[4]}
    );
    border-radius: ${radius.panel};
    background: ${color.surface};
    box-shadow:
      0 0 0 1px color-mix(in srgb, ${color.line} 60%, transparent),
      ${elevation.panel};
    overflow: hidden;
    animation: rise ${motion.slow} ${motion.ease};
  }

  .panel:focus-visible {
    outline-offset: -2px;
  }

  @keyframes appear {
    from {
      transform: scale(0.8);
      opacity: 0;
    }
  }

  @keyframes rise {
    from {
      transform: translateY(8px);
      opacity: 0;
    }
  }

  /* Places of the bubble; the panel opens towards the middle of the window. */
  :host(:is([position='bl'], [position^='l'])) {
    right: auto;
    left: var(--_offset);
  }

  :host(:is([position='bl'], [position^='l'])) .panel {
    right: auto;
    left: 0;
  }

  :host([position='bc']) {
    right: auto;
    left: calc(50% - var(--_launcher) / 2);
  }

  :host([position='bc']) .panel {
    right: auto;
    left: calc(var(--_launcher) / 2 - min(var(--conv-panel-width, 380px), 100vw - 48px) / 2);
  }

  :host(:is([position='lt'], [position='rt'])) {
    top: var(--_offset);
    bottom: auto;
  }

  :host(:is([position='lt'], [position='rt'])) .panel {
    top: calc(100% + ${space[4]});
    bottom: auto;
  }

  :host(:is([position='lm'], [position='rm'])) {
    top: calc(50% - var(--_launcher) / 2);
    bottom: auto;
  }

  :host(:is([position='lm'], [position='rm'])) .panel {
    --_height: min(var(--conv-panel-height, 620px), 100dvh - 2 * var(--_offset));

    top: calc(var(--_launcher) / 2 - var(--_height) / 2);
    bottom: auto;
    block-size: var(--_height);
  }

  :host([position='lm']) .panel {
    left: calc(100% + ${space[4]});
  }

  :host([position='rm']) .panel {
    right: calc(100% + ${space[4]});
  }

  /* Head. */
  .header {
    display: flex;
    flex: none;
    align-items: flex-start;
    gap: ${space[2]};
    padding: 18px 10px 20px 18px;
    background: ${color.header};
    color: ${color.onHeader};
  }

  .header:dir(rtl) {
    padding: 18px 18px 20px 10px;
  }

  .headline {
    flex: 1;
    min-inline-size: 0;
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

  .minimize {
    color: inherit;
  }

  @media (hover: hover) {
    .minimize.minimize:hover:not(:disabled) {
      background: color-mix(in srgb, ${color.onHeader} 14%, transparent);
      color: inherit;
    }
  }

  .minimize:focus-visible {
    outline-color: ${color.onHeader};
  }

  /* Phones: the same query as phone-layout.ts. */
  @media (max-width: 480px), (max-height: 420px) {
    :host {
      --_offset: var(--conv-launcher-offset, 16px);
    }

    :host([open]) .launcher {
      display: none;
    }

    .panel,
    :host([position]) .panel {
      position: fixed;
      inset: var(--_visible-top, 0) 0 auto;
      inline-size: 100%;
      block-size: var(--_visible-height, 100dvh);
      border-radius: 0;
      box-shadow: none;
    }

    .header,
    .header:dir(rtl) {
      padding-block-start: max(18px, env(safe-area-inset-top));
    }

    .minimize {
      inline-size: ${size.controlTouch};
      block-size: ${size.controlTouch};
    }
  }

  @media (forced-colors: active) {
    .launcher,
    .panel {
      border: 1px solid CanvasText;
    }
  }
`;
