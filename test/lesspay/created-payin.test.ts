import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { readCreatedPayin, readEnvelope, readPayins } from '../../src/lesspay/messages.ts';
import { type Answer, firstText, readAnswer } from '../../src/upstream/answer.ts';

// What the readers by hand stand for, written as schemas.
const text = z.optional(z.nullable(z.string()));
const envelopeSchema = z.looseObject({ code: z.string(), data: z.optional(z.custom<Answer>()) });
const createdSchema = z.looseObject({ checkout_url: text, pay_order_id: text, request_id: text });

type Created = ReturnType<typeof readCreatedPayin>;

function createdBySchema(data: Answer | undefined): Created {
  const outer = createdSchema.safeParse(data);
  if (!outer.success) return undefined;
  const inner = createdSchema.safeParse(outer.data.order_data);
  const order = inner.success ? inner.data : undefined;
  const created = {
    checkoutUrl: firstText(outer.data.checkout_url, order?.checkout_url),
    payOrderId: firstText(outer.data.pay_order_id, order?.pay_order_id),
    requestId: firstText(outer.data.request_id, order?.request_id),
  };
  return Object.fromEntries(Object.entries(created).filter(([, value]) => value !== undefined));
}

const NAMES = ['code', 'msg', 'data', 'checkout_url', 'pay_order_id', 'request_id', 'order_data', 'checkoutUrl'];
const scalar = fc.oneof(
  fc.constantFrom<unknown>('', '0', 'https://pay.example/c/1', 'P1', 0, 13.5, true, false, null, undefined),
  fc.string(),
);
const { document } = fc.letrec<{ document: unknown; members: object }>((tie) => ({
  document: fc.oneof(
    { depthSize: 'small' },
    scalar,
    tie('members'),
    fc.array(tie('document'), { maxLength: 3 }),
    fc.anything(),
  ),
  members: fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), tie('document'), { maxKeys: 5 }),
}));

/** An answer as the platform sends it, of which any member may have become something else. */
const mutated = fc
  .record({
    code: fc.oneof({ weight: 3, arbitrary: fc.constantFrom<unknown>(0, '0', 1201) }, document),
    msg: fc.oneof(fc.constant<unknown>('success'), document),
    data: fc.record(
      {
        checkout_url: fc.oneof({ weight: 3, arbitrary: fc.constant<unknown>('https://pay.example/c/1') }, document),
        pay_order_id: fc.oneof({ weight: 3, arbitrary: fc.constant<unknown>('P1') }, document),
        request_id: fc.oneof({ weight: 3, arbitrary: fc.constant<unknown>(null) }, document),
        order_data: fc.oneof(
          { weight: 3, arbitrary: fc.constant<unknown>({ checkout_url: 'https://pay.example/c/2' }) },
          document,
        ),
      },
      { requiredKeys: [] },
    ),
  })
  .map((value) => JSON.stringify(value));
const arbitrary = document.map(
  (value) =>
    JSON.stringify(value, (_name, member: unknown) => (typeof member === 'bigint' ? String(member) : member)) as
      string | undefined,
);

/** What `readAnswer` makes of a text; undefined for what it refuses. */
function answerOf(json: string | undefined): Answer | undefined {
  try {
    return readAnswer(json ?? '', 200);
  } catch {
    return undefined;
  }
}

describe('the answer to create-order', () => {
  it('is read by hand exactly as its schemas read it, whatever it is', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(mutated, arbitrary), (json) => {
        const answer = answerOf(json);
        fc.pre(answer !== undefined);
        const envelope = envelopeSchema.safeParse(answer);
        const expected = envelope.success ? { code: envelope.data.code, data: envelope.data.data } : undefined;
        assert.deepEqual(readEnvelope(answer), expected);
        assert.deepEqual(readCreatedPayin(answer), createdBySchema(answer));
        if (expected) {
          const created = readCreatedPayin(expected.data);
          assert.deepEqual(created, createdBySchema(expected.data));
          if (created?.checkoutUrl !== undefined) accepted += 1;
        }
      }),
      { numRuns: 3_000 },
    );
    // Both sides are met often enough for equality to say something.
    assert.ok(accepted > 100, `only ${accepted} answers had a checkout`);
  });

  it('gives a queried payment the checkout of its inner order as the schema does', () => {
    fc.assert(
      fc.property(document, (inner) => {
        const answer = answerOf(
          JSON.stringify({ request_id: 'a', order_data: inner }, (_name, member: unknown) =>
            typeof member === 'bigint' ? String(member) : member,
          ),
        );
        fc.pre(typeof answer === 'object' && answer !== null && !Array.isArray(answer));
        const order = createdSchema.safeParse(answer.order_data);
        const expected = order.success ? firstText(order.data.checkout_url) : undefined;
        assert.equal(readPayins(answer)?.[0]?.checkoutUrl, expected);
      }),
      { numRuns: 1_000 },
    );
  });
});
