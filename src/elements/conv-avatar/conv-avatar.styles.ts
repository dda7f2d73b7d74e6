import { css, unsafeCSS } from 'lit';
import { avatarTones, color, type } from '../../tokens/index.js';

const tones = avatarTones
  .map(
    (tone, index) =>
      `.tone-${index} { background: var(--conv-avatar-tone-${index + 1}, ${tone}); }`,
  )
  .join('\n');

export const styles = css`
  :host {
    --_size: var(--conv-avatar-size, 32px);

    display: inline-block;
    flex: none;
    position: relative;
    inline-size: var(--_size);
    block-size: var(--_size);
    vertical-align: middle;
  }

  .face {
    display: flex;
    align-items: center;
    justify-content: center;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 50%;
    overflow: hidden;
    color: #fff;
    font-size: calc(var(--_size) * 0.36);
    font-weight: ${type.semibold};
    line-height: 1;
    letter-spacing: 0.01em;
    white-space: nowrap;
    user-select: none;
  }

  ${unsafeCSS(tones)}

  .picture {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .icon {
    inline-size: 56%;
    block-size: 56%;
  }

  .status {
    position: absolute;
    inset-block-end: -1px;
    inset-inline-end: -1px;
    inline-size: max(10px, calc(var(--_size) * 0.34));
    block-size: max(10px, calc(var(--_size) * 0.34));
    border: 2px solid var(--conv-avatar-ring, ${color.surface});
    border-radius: 50%;
    background: ${color.online};
  }

  /* Hollow and half shapes besides the hue: the three differ without colour too. */
  .offline {
    background: ${color.surface};
    box-shadow: inset 0 0 0 2px ${color.controlEdge};
  }

  .invisible {
    background: linear-gradient(90deg, ${color.controlEdge} 50%, ${color.surface} 50%);
    box-shadow: inset 0 0 0 1.5px ${color.controlEdge};
  }

  @media (forced-colors: active) {
    .face {
      border: 1px solid CanvasText;
    }

    .status {
      forced-color-adjust: none;
    }
  }
`;
