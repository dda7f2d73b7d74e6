import { Basket } from './basket.js';

const consentKey = 'fjordcykel-consent';

/** The switch decides what the chat may keep; only "yes" is remembered. */
function wireConsent(): void {
  const input = document.querySelector<HTMLInputElement>('#consent');
  const widget = document.querySelector('chat-widget');
  if (!input || !widget) return;
  input.checked = localStorage.getItem(consentKey) === 'yes';
  widget.toggleAttribute('consent', input.checked);
  input.addEventListener('change', () => {
    widget.toggleAttribute('consent', input.checked);
    if (input.checked) localStorage.setItem(consentKey, 'yes');
    else localStorage.removeItem(consentKey);
  });
}

function wireBasket(): void {
  const basket = new Basket(sessionStorage);
  const dialog = document.querySelector<HTMLDialogElement>('#basket');
  const opener = document.querySelector<HTMLButtonElement>('#basket-open');
  const lines = dialog?.querySelector('.basket-lines');
  const total = dialog?.querySelector('.basket-sum');
  const note = dialog?.querySelector('.basket-note');
  if (!dialog || !opener || !lines || !total || !note) return;

  const show = (): void => {
    const { count } = basket;
    opener.textContent = count === 0 ? 'Basket' : `Basket (${String(count)})`;
    total.textContent = euros(basket.total);
    note.textContent =
      count === 0
        ? 'Nothing in it yet. Pick a bicycle, and it waits here while this tab is open.'
        : 'fjordcykel is a demonstration: you can fill the basket, but nothing is sold.';
    lines.replaceChildren(
      ...basket.lines.map(({ product, price, quantity }) => {
        const line = document.createElement('li');
        const name = document.createElement('span');
        name.textContent = quantity > 1 ? `${product} × ${String(quantity)}` : product;
        const sum = document.createElement('span');
        sum.textContent = euros(price * quantity);
        const remove = document.createElement('button');
        remove.type = 'button';
        remove.className = 'quiet';
        remove.textContent = 'Remove';
        remove.setAttribute('aria-label', `Remove ${product}`);
        remove.addEventListener('click', () => {
          basket.remove(product);
          show();
          dialog.querySelector<HTMLButtonElement>('button')?.focus();
        });
        line.append(name, sum, remove);
        return line;
      }),
    );
  };

  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-product]')) {
    const { product = '', price = '0' } = button.dataset;
    button.addEventListener('click', () => {
      basket.add(product, Number(price));
      show();
      dialog.showModal();
    });
  }
  opener.addEventListener('click', () => {
    dialog.showModal();
  });
  show();
}

function euros(amount: number): string {
  return `${amount.toLocaleString('en')} €`;
}

wireConsent();
wireBasket();
