import type { AgentClient } from 'convkit/store';
import { useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { orderOf, type Order } from '../shared/orders.js';
import { showPoints } from '../shared/points.js';
import { OrderPage } from './order-page.js';

export function Desk({ client }: { client: AgentClient }): ReactElement {
  const [order, setOrder] = useState<Order | null>(null);
  const [told, tell] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLElementTagNameMap['conv-list']>(null);
  useEffect(showPoints, []);
  useLayoutEffect(() => heading.current?.focus(), [order]);

  const back = (): void => {
    setOrder(null);
    list.current?.focus();
  };

  return (
    <conv-provider
      client={client}
      onconv-conversation-opened={({ detail }) => setOrder(orderOf(detail.conversationId))}
      onconv-message-sent={({ detail }) => {
        const what = detail.kind === 'comment' ? 'Comment on' : 'Reply for';
        tell(`${what} order ${orderOf(detail.conversationId)?.number ?? ''} sent`);
      }}
      onconv-conversation-closed={({ detail }) =>
        tell(`Order ${orderOf(detail.conversationId)?.number ?? ''}: all questions answered`)
      }
      onconv-contact-updated={({ detail }) =>
        tell(
          `${Object.keys(detail.patch).join(', ')} of ${order?.customer ?? 'the customer'} saved`,
        )
      }
    >
      <div className="desk" data-open={order ? '' : undefined}>
        <header className="top">
          <h1 className="brand">Hyllan Books</h1>
          <nav aria-label="Shop">
            <a href="#" aria-current="page">
              Orders
            </a>
            <a href="#">Shelves</a>
            <a href="#">Readings</a>
          </nav>
          <p className="told" role="status">
            {told}
          </p>
        </header>

        <section className="side" aria-label="Customers">
          <conv-list ref={list}>
            <conv-agent-status slot="start" />
            <span slot="actions" className="count">
              3 orders
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
                className="plain-button"
                onClick={() => tell(`Label of order ${order?.number ?? ''} is printed`)}
              >
                Print label
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
                  {(order?.earlier.length ? order.earlier : ['This is the first one.']).map(
                    (text) => (
                      <li key={text}>{text}</li>
                    ),
                  )}
                </ul>
              </section>
            </conv-contact>
          </aside>
        </div>
      </div>
    </conv-provider>
  );
}
