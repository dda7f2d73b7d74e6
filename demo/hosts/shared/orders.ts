/** What the shop itself knows: its orders. Each is talked about in one conversation. */
export interface Order {
  number: string;
  conversationId: string;
  contactId: string;
  customer: string;
  placed: string;
  state: 'Packed' | 'On its way' | 'Returned';
  lines: readonly { product: string; quantity: number; price: number }[];
  /** Of other days. */
  earlier: readonly string[];
  points: number;
}

export const orders: readonly Order[] = [
  {
    number: '20881',
    conversationId: 'cv_maja',
    contactId: 'ct_maja',
    customer: 'Maja Lindqvist',
    placed: '21 November',
    state: 'Packed',
    lines: [
      { product: 'Blue Roadster 52', quantity: 1, price: 890 },
      { product: 'Brass bell', quantity: 2, price: 24 },
    ],
    earlier: ['19402 · Front basket', '18177 · Rain cape'],
    points: 1240,
  },
  {
    number: '20874',
    conversationId: 'cv_paula',
    contactId: 'ct_paula',
    customer: 'Paula Brandt',
    placed: '19 November',
    state: 'On its way',
    lines: [{ product: 'Harbour Step 48', quantity: 1, price: 790 }],
    earlier: ['20110 · Dynamo lamp'],
    points: 860,
  },
  {
    number: '20859',
    conversationId: 'cv_omar',
    contactId: 'ct_omar',
    customer: 'Omar Haddad',
    placed: '16 November',
    state: 'Returned',
    lines: [{ product: 'Leather saddle', quantity: 1, price: 119 }],
    earlier: [],
    points: 119,
  },
];

export function orderOf(conversationId: string | null): Order | null {
  return orders.find((order) => order.conversationId === conversationId) ?? null;
}

export function total({ lines }: Order): string {
  return euros(lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0));
}

export function euros(amount: number): string {
  return `${amount.toLocaleString('en')} €`;
}
