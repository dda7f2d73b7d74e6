import type { AgentClient } from 'convkit/store';
import { useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { showPoints } from '../shared/points.js';
import { euros, orderOf, type Order } from '../shared/shop.js';
import mark from './icon.svg';
import { OrderPage } from './order-page.js';
import { shop } from './shop.js';

const numberOf = (conversationId: string | null): string =>
  orderOf(shop, conversationId)?.number ?? '';

export function Desk({ client }: { client: AgentClient }): ReactElement {
  const [order, setOrder] = useState<Order | null>(null);
  const [told, tell] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLElementTagNameMap['conv-list']>(null);
  useEffect(() => showPoints(shop), []);
  useLayoutEffect(() => heading.current?.focus(), [order]);

  const back = (): void => {
    setOrder(null);
    list.current?.focus();
  };

  return (
    <conv-provider
      client={client}
      onconv-conversation-opened={({ detail }) => setOrder(orderOf(shop, detail.conversationId))}
      onconv-message-sent={({ detail }) => {
        const what = detail.kind === 'comment' ? 'Comment on' : 'Reply for';
        tell(`${what} order ${numberOf(detail.conversationId)} sent`);
      }}
      onconv-conversation-closed={({ detail }) =>
        tell(`Order ${numberOf(detail.conversationId)}: all questions answered`)
      }
      onconv-contact-updated={({ detail }) =>
        tell(
          `${Object.keys(detail.patch).join(', ')} of ${order?.customer.name ?? 'the customer'} saved`,
        )
      }
    >
      <div className="desk" data-open={order ? '' : undefined}>
        <header className="top">
          <h1 className="brand">
            <img src={mark} alt="" />
            {shop.name}
          </h1>
          <nav aria-label="Shop">
            {shop.pages.map((page, at) => (
              <a key={page} href="#" aria-current={at === 0 ? 'page' : undefined}>
                {page}
              </a>
            ))}
          </nav>
          <p className="told" role="status">
            {told}
          </p>
        </header>

        <section className="side" aria-label="Customers">
          <conv-list ref={list} view="all">
            <conv-agent-status slot="start" />
            <span slot="actions" className="count">
              {shop.orders.length} orders
            </span>
          </conv-list>
        </section>

        <div className="work">
          <main className="page">
            {order && <OrderPage order={order} heading={heading} />}
            <conv-thread className="talk" conversationId={order?.conversationId}>
              <button
                slot="header-start"
                type="button"
                className="plain-button back"
                onClick={back}
              >
                All orders
              </button>
              <button
                slot="actions"
                type="button"
                className="plain-button label"
                onClick={() => tell(`Label of order ${order?.number ?? ''} is printed`)}
              >
                <svg viewBox="0 0 24 24" aria-hidden="true">
                  <path d="M7 9V3h10v6M7 17H3V9h18v8h-4M7 14h10v7H7z" />
                </svg>
                <span>Print label</span>
              </button>
              <conv-composer slot="composer" />
              <p slot="none" className="none">
                <strong>No order is open</strong>
                Choose a customer, and the order that they write about opens here.
              </p>
            </conv-thread>
          </main>

          <aside className="who" aria-label="Customer">
            <conv-contact conversationId={order?.conversationId}>
              <section slot="pane" className="customer" aria-labelledby="earlier">
                <h3 id="earlier">Earlier orders</h3>
                <ul>
                  {order?.earlier.map(({ number, product, price }) => (
                    <li key={number}>
                      <span>
                        {number} · {product}
                      </span>
                      <span>{euros(price)}</span>
                    </li>
                  ))}
                  {order?.earlier.length === 0 && <li>This is the first one.</li>}
                </ul>
              </section>
            </conv-contact>
          </aside>
        </div>
      </div>
    </conv-provider>
  );
}
