import { registerContactPane } from 'convkit/elements/conv-contact.js';
import { orders } from './orders.js';

/** A pane of the shop in every `<conv-contact>` of the page; returns the way out. */
export function showPoints(): () => void {
  return registerContactPane({
    id: 'points',
    title: 'Loyalty',
    render(contact) {
      const order = orders.find(({ contactId }) => contactId === contact.id);
      return order ? `${order.points.toLocaleString('en')} points` : null;
    },
  });
}
