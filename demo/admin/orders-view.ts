import { html, type TemplateResult } from 'lit';
import type { OrderRow } from '../api.ts';
import { chip } from './payouts-view.ts';
import { ORDER_WORDS, when } from './words.ts';

export function ordersView(orders: readonly OrderRow[] | undefined): TemplateResult {
  return html`
    <div class="office-title"><h1>Orders</h1></div>
    <section class="office-main" aria-label="Orders">
      ${
        !orders || orders.length === 0
          ? html`<p class="empty-list soft">${orders ? 'No orders yet. Place one in the shop.' : 'Loading…'}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th scope="col">Order</th>
                  <th scope="col" class="wide-only">Placed</th>
                  <th scope="col" class="amount">Total</th>
                  <th scope="col">Payment</th>
                </tr>
              </thead>
              <tbody>
                ${orders.map(
                  (order) =>
                    html`<tr>
                      <th scope="row">
                        <span class="payee figure">${order.reference}</span>
                        <span class="soft small">${order.items}</span>
                      </th>
                      <td class="wide-only soft">${when(order.placedAt)}</td>
                      <td class="amount figure">${order.total}</td>
                      <td class="state">${chip(ORDER_WORDS[order.state])}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
    </section>
  `;
}
