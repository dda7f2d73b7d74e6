import { css, unsafeCSS } from 'lit';
import { avatarTones, type } from '../../tokens/index.js';

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

  @media (forced-colors: active) {
    .face {
      border: 1px solid CanvasText;
    }
  }
`;
