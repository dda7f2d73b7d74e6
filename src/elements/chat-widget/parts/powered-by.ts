import { css, html, type TemplateResult } from 'lit';
import { Localize, type PoweredByStrings } from '../../../i18n/index.js';
import { poweredByEnglish } from '../../../i18n/locales/en-powered-by.js';
import { color, space, type } from '../../../tokens/index.js';
import type { Scene } from '../scene.js';

export const styles = css`
  .powered {
    flex: none;
    margin: 0;
    padding-block-end: ${space[2]};
    color: ${color.tertiary};
    font-size: ${type.meta};
    text-align: center;
  }
`;

export const create = ({ host }: Scene): { render(): TemplateResult } => {
  const localize = new Localize<PoweredByStrings>(host, poweredByEnglish);
  return {
    render: () =>
      html`<p part="powered-by" class="powered">${localize.term('chat.poweredBy', 'ConvKit')}</p>`,
  };
};
