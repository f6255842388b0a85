import { type MouseEvent, type ReactElement, type ReactNode, useCallback, useEffect, useState } from 'react';
import { type Page, titleOf } from '../page.ts';
import { Checkout } from './checkout.tsx';
import { Order } from './order.tsx';
import { Payouts } from './payouts.tsx';
import { Shop } from './shop.tsx';

/** Shows another page of the application without loading the document again. */
export type Go = (path: string) => Promise<void>;

/** The whole application. It begins with the page that the server has rendered and goes on by itself. */
export function App({ first }: { first: Page }): ReactElement {
  const [page, setPage] = useState(first);

  const show = useCallback(async () => {
    const response = await fetch(`/data${location.pathname}`);
    const next = (await response.json()) as Page;
    document.title = titleOf(next);
    setPage(next);
  }, []);
  const go: Go = useCallback(
    async (path) => {
      history.pushState(null, '', path);
      await show();
      scrollTo(0, 0);
    },
    [show],
  );
  useEffect(() => {
    const onBack = () => void show();
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, [show]);

  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="site-header">
        <Link className="wordmark" to="/" go={go} label="Luad, home">
          <img src="/assets/wordmark.svg" alt="" />
        </Link>
        <nav aria-label="Main">
          <Link to="/" go={go}>
            Shop
          </Link>
          <Link to="/payouts" go={go}>
            Payouts
          </Link>
        </nav>
      </header>
      {view(page, go)}
      <footer className="site-footer">
        <p>Luad Stoneware · Escolta, Manila · hello@luad.example</p>
      </footer>
    </>
  );
}

function view(page: Page, go: Go): ReactElement {
  switch (page.name) {
    case 'shop':
      return <Shop products={page.products} first={page.cart} go={go} />;
    case 'checkout':
      return <Checkout order={page.order} />;
    case 'order':
      return <Order order={page.order} go={go} />;
    case 'payouts':
      return <Payouts payees={page.payees} first={page.payouts} />;
    case 'not-found':
      return (
        <main id="main" className="order">
          <h1>We cannot find that page</h1>
          <p>Orders are shown only in the browser that placed them.</p>
        </main>
      );
  }
}

/** A link that a server answers too: with a modifier key, in a new tab, without JavaScript. */
export function Link(props: {
  to: string;
  go: Go;
  label?: string;
  className?: string;
  children: ReactNode;
}): ReactElement {
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void props.go(props.to);
  };
  return (
    <a className={props.className} href={props.to} aria-label={props.label} onClick={onClick}>
      {props.children}
    </a>
  );
}
