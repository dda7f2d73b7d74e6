import { css } from 'lit';
import { color, elevation, radius, size, space, type } from '../../../tokens/index.js';
import { menuStyles } from '../../shared/menu.styles.js';

export const menuPartStyles = css`
  ${menuStyles}

  .header {
    position: relative;
  }

  .header .menu {
    inset-block-start: 56px;
    inset-inline-end: 12px;
    max-inline-size: calc(100% - 24px);
  }

  .ask {
    inset: auto;
    position: fixed;
    inline-size: min(320px, 100vw - 32px);
    margin: 0;
    padding: ${space[5]};
    border: 0;
    border-radius: ${radius.large};
    outline: 1px solid ${color.line};
    background: ${color.surface};
    color: ${color.ink};
    box-shadow: ${elevation.panel};
  }

  .ask::backdrop {
    background: rgb(0 0 0 / 24%);
  }

  .ask h3 {
    margin: 0 0 ${space[2]};
    font-size: ${type.title};
    font-weight: ${type.semibold};
    letter-spacing: ${type.tightTracking};
  }

  .ask p {
    margin: 0 0 ${space[4]};
    color: ${color.secondary};
  }

  .ask .acts {
    display: flex;
    flex-wrap: wrap;
    gap: ${space[2]};
  }

  .ask .button {
    flex: 1;
    min-block-size: ${size.control};
  }

  .ask .button.primary {
    border-color: transparent;
    background: ${color.accent};
    color: ${color.onAccent};
    font-weight: ${type.semibold};
  }
`;
