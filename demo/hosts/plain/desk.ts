import 'convkit/elements/conv-agent-status.js';
import 'convkit/elements/conv-composer.js';
import 'convkit/elements/conv-contact.js';
import 'convkit/elements/conv-list.js';
import 'convkit/elements/conv-provider.js';
import 'convkit/elements/conv-thread.js';
import { openOffice } from '../shared/office.js';
import { showPoints } from '../shared/points.js';
import { euros, orderOf, type Order } from '../shared/shop.js';
import { element, find, showOrder } from './order-page.js';
import { shop } from './shop.js';

const provider = find<HTMLElementTagNameMap['conv-provider']>('conv-provider');
const thread = find<HTMLElementTagNameMap['conv-thread']>('conv-thread');
const contact = find<HTMLElementTagNameMap['conv-contact']>('conv-contact');
const list = find('conv-list');
let open: Order | null = null;

function show(order: Order | null): void {
  open = order;
  find('.desk').toggleAttribute('data-open', order !== null);
  find('.order').hidden = order === null;
  thread.conversationId = order?.conversationId;
  contact.conversationId = order?.conversationId;
  if (!order) return;
  showOrder(order);
  find('.customer ul').replaceChildren(
    ...(order.earlier.length > 0
      ? order.earlier.map(({ number, product, price }) => {
          const line = document.createElement('li');
          line.append(element('span', `${number} · ${product}`), element('span', euros(price)));
          return line;
        })
      : [element('li', 'This is the first one.')]),
  );
}

function tell(text: string): void {
  find('.told').textContent = text;
}

function numberOf(conversationId: string | null): string {
  return orderOf(shop, conversationId)?.number ?? '';
}

provider.addEventListener('conv-conversation-opened', ({ detail }) => {
  show(orderOf(shop, detail.conversationId));
  find('.order h2').focus();
});
provider.addEventListener('conv-message-sent', ({ detail }) => {
  const what = detail.kind === 'comment' ? 'Comment on' : 'Reply for';
  tell(`${what} order ${numberOf(detail.conversationId)} sent`);
});
provider.addEventListener('conv-conversation-closed', ({ detail }) => {
  tell(`Order ${numberOf(detail.conversationId)}: all questions answered`);
});
provider.addEventListener('conv-contact-updated', ({ detail }) => {
  const customer = open?.customer.name ?? 'the customer';
  tell(`${Object.keys(detail.patch).join(', ')} of ${customer} saved`);
});
find('.label').addEventListener('click', () => {
  tell(`Label of order ${open?.number ?? ''} is printed`);
});
find('.back').addEventListener('click', () => {
  show(null);
  list.focus();
});

showPoints(shop);
provider.client = openOffice(shop);
