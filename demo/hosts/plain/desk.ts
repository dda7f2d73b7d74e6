import 'convkit/elements/conv-agent-status.js';
import 'convkit/elements/conv-composer.js';
import 'convkit/elements/conv-contact.js';
import 'convkit/elements/conv-list.js';
import 'convkit/elements/conv-provider.js';
import 'convkit/elements/conv-thread.js';
import { openOffice } from '../shared/office.js';
import { euros, orderOf, total, type Order } from '../shared/orders.js';
import { showPoints } from '../shared/points.js';

const find = <E extends Element>(selector: string): E => {
  const found = document.querySelector<E>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
};

const provider = find<HTMLElementTagNameMap['conv-provider']>('conv-provider');
const thread = find<HTMLElementTagNameMap['conv-thread']>('conv-thread');
const contact = find<HTMLElementTagNameMap['conv-contact']>('conv-contact');
const desk = find<HTMLElement>('.desk');
const page = find<HTMLElement>('.order');
const heading = find<HTMLElement>('.order h2');
let open: Order | null = null;

function show(order: Order | null): void {
  open = order;
  desk.toggleAttribute('data-open', order !== null);
  page.hidden = order === null;
  thread.conversationId = order?.conversationId;
  contact.conversationId = order?.conversationId;
  if (!order) return;
  heading.textContent = `Order ${order.number}`;
  find('.placed').textContent = `${order.customer}, ${order.placed}`;
  find('.chip').textContent = order.state;
  find('.order tbody').replaceChildren(...order.lines.map(row));
  find('tfoot td').textContent = total(order);
  const earlier = order.earlier.length > 0 ? order.earlier : ['This is the first one.'];
  find('.customer ul').replaceChildren(...earlier.map((text) => element('li', text)));
}

function row({ product, quantity, price }: Order['lines'][number]): HTMLTableRowElement {
  const line = document.createElement('tr');
  const name = element('th', quantity > 1 ? `${product} × ${String(quantity)}` : product);
  name.scope = 'row';
  line.append(name, element('td', euros(quantity * price)));
  return line;
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text: string,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function tell(text: string): void {
  find('.told').textContent = text;
}

provider.addEventListener('conv-conversation-opened', ({ detail }) => {
  show(orderOf(detail.conversationId));
  heading.focus();
});
provider.addEventListener('conv-message-sent', ({ detail }) => {
  const order = orderOf(detail.conversationId);
  const what = detail.kind === 'comment' ? 'Comment on' : 'Reply for';
  tell(`${what} order ${order?.number ?? ''} sent`);
});
provider.addEventListener('conv-conversation-closed', ({ detail }) => {
  tell(`Order ${orderOf(detail.conversationId)?.number ?? ''}: all questions answered`);
});
provider.addEventListener('conv-contact-updated', ({ detail }) => {
  tell(`${Object.keys(detail.patch).join(', ')} of ${open?.customer ?? 'the customer'} saved`);
});
find('.label').addEventListener('click', () => {
  tell(`Label of order ${open?.number ?? ''} is printed`);
});
find('.back').addEventListener('click', () => {
  show(null);
  find<HTMLElement>('conv-list').focus();
});

showPoints();
provider.client = openOffice('fjordcykel').client;
