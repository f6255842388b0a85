import type { ReactElement } from 'react';
import type { LineView } from '../page.ts';

/** The lines of a cart, with their steppers, or of an order. */
export function Lines({ lines, isCart = false }: { lines: LineView[]; isCart?: boolean }): ReactElement {
  return (
    <ul className="lines">
      {lines.map(({ id, name, quantity, price, total }) => (
        <li className="line" key={id}>
          <div className={`thumb plate-${id}`}>
            <img className="picture" src={`/assets/${id}.svg`} alt="" />
          </div>
          <div className="line-name">
            <strong>{name}</strong>
            {!isCart && <span className="soft">{`${quantity} × ${price}`}</span>}
          </div>
          {isCart && (
            <div className="stepper" role="group" aria-label={`Quantity of ${name}`}>
              <button name="less" value={id} aria-label={`One ${name} less`}>
                −
              </button>
              <output>{quantity}</output>
              <button name="add" value={id} aria-label={`One ${name} more`}>
                +
              </button>
            </div>
          )}
          <span className="line-total">{total}</span>
        </li>
      ))}
    </ul>
  );
}

/** What the lines come to. */
export function Total({ total }: { total: string }): ReactElement {
  return (
    <dl className="sums">
      <div>
        <dt>Pick-up in Escolta</dt>
        <dd>Free</dd>
      </div>
      <div className="total">
        <dt>Total</dt>
        <dd>{total}</dd>
      </div>
    </dl>
  );
}
