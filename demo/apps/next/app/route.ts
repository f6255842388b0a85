import { PRODUCTS, price } from '../../../server/catalogue.ts';
import { html } from '../../../server/html.ts';
import { picture } from '../../../server/pictures.ts';
import { pageOf, visitorOf } from './layout.ts';

/** The shop. */
export function GET(request: Request): Response {
  const products = PRODUCTS.map(
    ({ id, name, kind, about, priceCents }) =>
      html`<li class="product">
        <div class="plate plate-${id}">${picture(id)}</div>
        <h2>${name}</h2>
        <p class="kind">${kind}</p>
        <p class="about">${about}</p>
        <div class="buy">
          <span class="price">${price(priceCents)}</span>
          <button class="button quiet" name="product" value="${id}">
            Order<span class="visually-hidden"> ${name}</span>
          </button>
        </div>
      </li>`,
  );
  const main = html`<main id="main" class="shelf">
    <section class="intro" aria-labelledby="intro-title">
      <h1 id="intro-title">Three pots, made slowly</h1>
      <p>Dug by the river, thrown on a kick wheel and fired twice in Marikina. Order today, pick up on Thursday.</p>
    </section>
    <form class="products" method="post" action="/orders" aria-label="Products">
      <ul>
        ${products}
      </ul>
    </form>
  </main>`;
  return pageOf({ title: 'Luad: stoneware from Marikina', main }, visitorOf(request).cookies);
}
