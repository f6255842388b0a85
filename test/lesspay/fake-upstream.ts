import type { UpstreamCall } from '../../src/upstream/call.ts';
import type { Send } from '../../src/upstream/send.ts';
import type { UpstreamRequest, UpstreamResponse } from '../../src/upstream/transport.ts';

/** A transport that answers what it is told and remembers what it was asked. */
export interface FakeUpstream {
  send: Send;
  requests: UpstreamRequest[];
  calls: UpstreamCall[];
  onCall: (call: UpstreamCall) => void;
  /** The JSON body of the last request. */
  body(): Record<string, unknown>;
}

/** One answer: JSON text, a value to be written as JSON, or a whole response; an `Error` is thrown. */
export type FakeAnswer = string | object | Error;

export function fakeUpstream(...answers: FakeAnswer[]): FakeUpstream {
  const requests: UpstreamRequest[] = [];
  const calls: UpstreamCall[] = [];
  return {
    requests,
    calls,
    onCall: (call) => calls.push(call),
    body: () => JSON.parse(requests.at(-1)?.body ?? '') as Record<string, unknown>,
    send: (request) => {
      requests.push(request);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) return Promise.reject(answer);
      if (typeof answer === 'object' && 'status' in answer) return Promise.resolve(answer as UpstreamResponse);
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
      return Promise.resolve({ status: 200, text });
    },
  };
}

export function response(status: number, text: string): UpstreamResponse {
  return { status, text };
}
