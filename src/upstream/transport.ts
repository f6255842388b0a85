import { UpstreamError } from './error.ts';

/** One call to an upstream. */
export interface UpstreamRequest {
  url: string;
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  /** JSON text; left out, no body is sent. */
  body?: string | undefined;
}

/** An upstream's whole answer. */
export interface UpstreamResponse {
  status: number;
  text: string;
}

/** Starts one call; the function that comes back gives it up. */
export type Transport = (
  request: UpstreamRequest,
  resolve: (response: UpstreamResponse) => void,
  reject: (error: unknown) => void,
) => () => void;

/** The failure of an answer over its limit. */
export function tooLarge(maxResponseBytes: number, httpStatus: number): UpstreamError {
  return new UpstreamError({
    kind: 'too-large',
    outcome: 'unknown',
    httpStatus,
    message: `The upstream's answer is larger than ${maxResponseBytes} bytes.`,
  });
}

/** The failure of an answer that points elsewhere. */
export function redirected(httpStatus: number | undefined): UpstreamError {
  return new UpstreamError({
    kind: 'redirect',
    outcome: 'unknown',
    httpStatus,
    message: 'The upstream answered with a redirect, which is never followed: check the base URL.',
  });
}
