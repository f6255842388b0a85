import { randomBytes } from 'node:crypto';

export const SHOPPER = 'luad_shopper';
export const OPERATOR = 'luad_operator';

/** One cookie of a `Cookie` header. */
export function readCookie(header: string | null | undefined, name: string): string | undefined {
  const pair = header?.split('; ').find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

export interface Operator {
  id: string;
  name: string;
}

/** Who works here. */
export const STAFF = [{ id: 'ligaya', name: 'Ligaya Cruz' }] as const satisfies readonly Operator[];

/** Who is signed in to the back office. The demo signs in whoever opens it; yours asks for a password here. */
export class Operators {
  #sessions = new Map<string, Operator>();

  signIn(operator: Operator): string {
    const token = randomBytes(24).toString('base64url');
    this.#sessions.set(token, operator);
    return token;
  }

  find(cookies: string | null | undefined): Operator | undefined {
    const token = readCookie(cookies, OPERATOR);
    return token === undefined ? undefined : this.#sessions.get(token);
  }
}

/** A new shopper's session, unguessable because it is the key to their orders. */
export function newSession(): string {
  return randomBytes(18).toString('base64url');
}
