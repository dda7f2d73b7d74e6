import { css } from 'lit';
import { color, type } from '../../tokens/index.js';

/** `.primary`, `.quiet` and `.danger` buttons; besides `buttonStyles`. */
export const buttonToneStyles = css`
  .button.primary {
    border-color: transparent;
    background: ${color.accent};
    color: ${color.onAccent};
    font-weight: ${type.semibold};
  }

  .button.quiet {
    border-color: transparent;
    color: ${color.accentText};
  }

  .button.danger {
    border-color: transparent;
    background: ${color.danger};
    color: ${color.surface};
  }

  @media (hover: hover) {
    .button.primary:hover:not(:disabled),
    .button.danger:hover:not(:disabled) {
      opacity: 0.9;
    }
  }
`;
