import { css } from 'lit';
import { color, radius, space } from '../../tokens/index.js';

export const styles = css`
  :host {
    display: inline-block;
  }

  .dialog[open] {
    display: flex;
    flex-direction: column;
  }

  conv-email-form {
    flex: 1;
    min-block-size: 0;
  }

  .off {
    display: flex;
    gap: ${space[3]};
    margin: ${space[2]} ${space[5]} ${space[5]};
    padding: ${space[3]};
    border-radius: ${radius.medium};
    background: ${color.sunken};
  }

  .off p,
  .state {
    margin: 0;
  }

  .off strong {
    display: block;
  }

  .state {
    padding: ${space[5]};
    color: ${color.secondary};
  }
`;
