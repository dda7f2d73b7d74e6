import { euros, named, total, type Order } from '../shared/shop.js';

/** Throws where the page has no such element. */
export function find<E extends Element = HTMLElement>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text: string,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/** Writes an order into the page's `.order`. */
export function showOrder(order: Order): void {
  find('.order h2').textContent = `Order ${order.number}`;
  find('.placed').textContent = `${order.customer.name}, ${order.placed}`;
  find('.chip').textContent = order.state;
  find('.order tbody').replaceChildren(
    ...order.lines.map((line) => {
      const row = document.createElement('tr');
      const name = element('th', named(line));
      name.scope = 'row';
      row.append(name, element('td', euros(line.quantity * line.price)));
      return row;
    }),
  );
  find('tfoot td').textContent = total(order);
}
