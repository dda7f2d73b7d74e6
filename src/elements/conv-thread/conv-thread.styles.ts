import { css } from 'lit';
import { color, elevation, motion, radius, size, space, type } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    container-type: inline-size;
    min-inline-size: 0;
    min-block-size: 0;
    background: ${color.canvas};
    color: ${color.ink};
    font-family: ${type.family};
    line-height: ${type.leading};
  }

  .body {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  .scroller {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
    overflow-y: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
  }

  .scroller:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: -3px;
  }

  .typing {
    display: flex;
    align-items: center;
    gap: ${space[2]};
    min-block-size: 20px;
    padding: 0 ${space[6]} ${space[1]};
    color: ${color.tertiary};
    font-size: ${type.meta};
  }

  .viewers {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    margin-inline-start: auto;
  }

  .viewers .icon {
    inline-size: 14px;
    block-size: 14px;
  }

  .wave {
    display: inline-flex;
    gap: 3px;
  }

  .wave i {
    inline-size: 5px;
    block-size: 5px;
    border-radius: 50%;
    background: currentcolor;
    animation: wave 1.2s ${motion.ease} infinite;
  }

  .wave i:nth-child(2) {
    animation-delay: 0.15s;
  }

  .wave i:nth-child(3) {
    animation-delay: 0.3s;
  }

  @keyframes wave {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }

    30% {
      opacity: 1;
    }
  }

  .latest {
    position: absolute;
    z-index: 1;
    inset-block-end: ${space[3]};
    inset-inline: 0;
    display: flex;
    align-items: center;
    gap: 6px;
    inline-size: fit-content;
    min-block-size: ${size.control};
    margin-inline: auto;
    padding: 0 14px;
    border: 0;
    border-radius: ${radius.round};
    background: ${color.surface};
    color: ${color.ink};
    font: inherit;
    font-size: ${type.secondary};
    font-weight: ${type.medium};
    box-shadow: ${elevation.floating};
    cursor: pointer;
  }

  .latest .icon {
    inline-size: 16px;
    block-size: 16px;
  }

  .count {
    min-inline-size: 18px;
    padding-inline: 4px;
    box-sizing: border-box;
    border-radius: ${radius.round};
    background: ${color.accent};
    color: ${color.onAccent};
    font-size: ${type.meta};
    line-height: 18px;
    text-align: center;
  }

  .banner {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: ${space[2]};
    padding: 6px ${space[5]};
    border-block-end: 1px solid ${color.line};
    background: ${color.sunken};
    color: ${color.secondary};
    font-size: ${type.secondary};
  }

  .banner {
    margin: 0;
  }

  .banner.fault {
    color: ${color.danger};
  }

  .banner .icon {
    inline-size: 15px;
    block-size: 15px;
  }

  .state {
    display: grid;
    flex: 1;
    align-content: center;
    justify-items: center;
    gap: ${space[2]};
    padding: ${space[6]};
    color: ${color.secondary};
    text-align: center;
  }

  .state p {
    max-inline-size: 30em;
    margin: 0;
    text-wrap: balance;
  }

  .state strong {
    color: ${color.ink};
    font-weight: ${type.semibold};
  }

  .state > .icon {
    inline-size: 32px;
    block-size: 32px;
    color: ${color.tertiary};
  }

  .bones {
    display: flex;
    flex: 1;
    flex-direction: column;
    justify-content: end;
    gap: ${space[5]};
    padding: ${space[6]};
  }

  .bone {
    inline-size: 42%;
    block-size: 40px;
    border-radius: ${radius.bubble};
    background: ${color.sunken};
  }

  .bone.own {
    align-self: end;
    inline-size: 52%;
  }

  .foot {
    flex: none;
    padding: 0 ${space[5]} ${space[5]};
  }

  .mailbox {
    display: flex;
    align-items: center;
    gap: 6px;
    margin: 0;
    padding: 0 ${space[6]} ${space[2]};
    color: ${color.secondary};
    font-size: ${type.meta};
    overflow-wrap: anywhere;
  }

  .mailbox .icon {
    flex: none;
    inline-size: 14px;
    block-size: 14px;
  }

  .state:focus-visible {
    outline: 2px solid ${color.accent};
    outline-offset: -3px;
  }

  @container (max-width: 560px) {
    .typing,
    .mailbox {
      padding-inline: ${space[4]};
    }

    .foot {
      padding: 0 ${space[2]} max(${space[2]}, env(safe-area-inset-bottom));
    }
  }
`;
