import { LitElement, css, html } from 'lit';

/** Of a page that has the chat on it: what a shop might have made with Lit. */
class ShopBasket extends LitElement {
  static override properties = { count: { state: true } };
  static override styles = css`
    button {
      color: teal;
    }
  `;

  declare count: number;

  constructor() {
    super();
    this.count = 0;
  }

  readonly #add = (): void => {
    this.count += 1;
  };

  override render() {
    return html`<button type="button" @click=${this.#add}>${this.count} in the basket</button>`;
  }
}

customElements.define('shop-basket', ShopBasket);
