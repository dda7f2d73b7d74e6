/** What a shop itself knows: its orders. Each is talked about in one conversation. */
export interface Shop {
  name: string;
  /** Of the navigation, the first one open. */
  pages: readonly [string, ...string[]];
  orders: readonly [Order, ...Order[]];
}

export interface Order {
  number: string;
  conversationId: string;
  customer: Customer;
  placed: string;
  state: 'Packed' | 'On its way' | 'Returned';
  lines: readonly Line[];
  earlier: readonly { number: string; product: string; price: number }[];
  /** Newest last; `comment` is written by an agent, the rest by the customer. */
  talk: readonly { text?: string; comment?: string; minutesAgo: number }[];
}

export interface Customer {
  id: string;
  name: string;
  email: string;
  phone?: string;
  language?: string;
  timeZone: string;
  points: number;
}

export interface Line {
  product: string;
  quantity: number;
  /** Of one, in euros. */
  price: number;
}

export function orderOf(shop: Shop, conversationId: string | null): Order | null {
  return shop.orders.find((order) => order.conversationId === conversationId) ?? null;
}

export function total({ lines }: Order): string {
  return euros(lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0));
}

export function named({ product, quantity }: Line): string {
  return quantity > 1 ? `${product} × ${String(quantity)}` : product;
}

export function euros(amount: number): string {
  return `${amount.toLocaleString('en')} €`;
}
