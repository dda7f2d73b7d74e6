import type { ReactElement, Ref } from 'react';
import { euros, named, total, type Order } from '../shared/shop.js';

interface Props {
  order: Order;
  heading: Ref<HTMLHeadingElement>;
}

export function OrderPage({ order, heading }: Props): ReactElement {
  return (
    <section className="order" aria-labelledby="order">
      <header>
        <h2 id="order" tabIndex={-1} ref={heading}>
          Order {order.number}
        </h2>
        <span className="placed">
          {order.customer.name}, {order.placed}
        </span>
        <span className="chip">{order.state}</span>
      </header>
      <table>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.product}>
              <th scope="row">{named(line)}</th>
              <td>{euros(line.quantity * line.price)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td>{total(order)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
