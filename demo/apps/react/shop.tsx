import { type ReactElement, type SubmitEvent, useState } from 'react';
import type { CartView, ProductView } from '../page.ts';
import type { Go } from './app.tsx';
import { Lines, Total } from './lines.tsx';

/** The products and the cart. Everything is a plain form first, so that it works before and without the script. */
export function Shop({ products, first, go }: { products: ProductView[]; first: CartView; go: Go }): ReactElement {
  const [cart, setCart] = useState(first);

  const change = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const button = event.nativeEvent.submitter as HTMLButtonElement;
    const body = new URLSearchParams({ [button.name]: button.value });
    const response = await fetch('/cart', { method: 'POST', body, headers: { accept: 'application/json' } });
    setCart((await response.json()) as CartView);
  };
  const order = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const response = await fetch('/orders', { method: 'POST', headers: { accept: 'application/json' } });
    const { reference } = (await response.json()) as { reference: string };
    await go(`/checkout/${reference}`);
  };

  return (
    <main id="main" className="shop">
      <section className="intro" aria-labelledby="intro-title">
        <h1 id="intro-title">Three pots, made slowly</h1>
        <p>Dug by the river, thrown on a kick wheel and fired twice in Marikina. Order today, pick up on Thursday.</p>
      </section>
      <form
        className="products"
        method="post"
        action="/cart"
        aria-label="Products"
        onSubmit={(event) => void change(event)}
      >
        <ul>
          {products.map(({ id, name, kind, about, price }) => (
            <li className="product" key={id}>
              <div className={`plate plate-${id}`}>
                <img className="picture" src={`/assets/${id}.svg`} alt="" />
              </div>
              <h2>{name}</h2>
              <p className="kind">{kind}</p>
              <p className="about">{about}</p>
              <div className="buy">
                <span className="price">{price}</span>
                <button className="button quiet" name="add" value={id}>
                  Add<span className="visually-hidden">{` ${name} to cart`}</span>
                </button>
              </div>
            </li>
          ))}
        </ul>
      </form>
      <section className="panel cart" aria-labelledby="cart-title">
        <h2 id="cart-title">Your cart</h2>
        {cart.count === 0 ? (
          <p className="empty soft">Nothing here yet. The mug is a good start.</p>
        ) : (
          <>
            <form method="post" action="/cart" onSubmit={(event) => void change(event)}>
              <Lines lines={cart.lines} isCart />
            </form>
            <Total total={cart.total} />
            <form method="post" action="/orders" onSubmit={(event) => void order(event)}>
              <button className="button wide">Check out</button>
            </form>
          </>
        )}
      </section>
    </main>
  );
}
