import 'convkit/elements/conv-composer.js';
import 'convkit/elements/conv-provider.js';
import 'convkit/elements/conv-thread.js';
import { openOffice } from '../shared/office.js';
import { find, showOrder } from './order-page.js';
import { shop } from './shop.js';

const [order] = shop.orders;
showOrder(order);
find<HTMLElementTagNameMap['conv-provider']>('conv-provider').client = openOffice(shop);
