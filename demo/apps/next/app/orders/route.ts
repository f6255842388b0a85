import { redirectTo, visitorOf } from '../layout.ts';
import { merchant } from '../merchant.ts';

/** Orders a pot. */
export async function POST(request: Request): Promise<Response> {
  const { session, cookies } = visitorOf(request);
  const form = new URLSearchParams(await request.text());
  const reference = merchant.buy(session, form.get('product') ?? '');
  return redirectTo(reference ? `/checkout/${reference}` : '/', cookies);
}
