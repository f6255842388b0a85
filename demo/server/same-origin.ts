import type { NextFunction, Request, Response } from 'express';

/** Refuses what another site makes the browser send. (The proxy has the same check for its own routes.) */
export function sameOriginOnly(request: Request, response: Response, next: NextFunction): void {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  const isSafe = request.method === 'GET' || request.method === 'HEAD';
  const isOwn =
    site === undefined ? URL.canParse(origin ?? '') && new URL(origin ?? '').host === host : site === 'same-origin';
  if (isSafe || isOwn) next();
  else response.status(403).send('This request came from another site.');
}
