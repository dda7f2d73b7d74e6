import type { ReactElement, Ref } from 'react';
import { euros, total, type Order } from '../shared/orders.js';

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
          {order.customer}, {order.placed}
        </span>
        <span className="chip">{order.state}</span>
      </header>
      <table>
        <tbody>
          {order.lines.map(({ product, quantity, price }) => (
            <tr key={product}>
              <th scope="row">{quantity > 1 ? `${product} × ${String(quantity)}` : product}</th>
              <td>{euros(quantity * price)}</td>
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
