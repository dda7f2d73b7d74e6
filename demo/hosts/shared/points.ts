import { registerContactPane } from 'convkit/elements/conv-contact.js';
import type { Shop } from './shop.js';

/** A pane of the shop in every `<conv-contact>` of the page; returns the way out. */
export function showPoints(shop: Shop): () => void {
  return registerContactPane({
    id: 'points',
    title: 'Loyalty',
    render(contact) {
      const order = shop.orders.find(({ customer }) => customer.id === contact.id);
      return order ? `${order.customer.points.toLocaleString('en')} points` : null;
    },
  });
}
