import * as z from 'zod/mini';
import { PIX_KEY_TYPES } from './pix-key.ts';
import { parseRecipient } from './recipient.ts';
import type { Recipient } from './types.ts';

const text = z.string();
const optionalText = z.optional(text);
const accountType = z.enum(['individual', 'business']);

const bank = z.strictObject({
  method: z.literal('bank'),
  country: text,
  accountType,
  holderName: text,
  accountNumber: optionalText,
  iban: optionalText,
  bic: optionalText,
  bankName: text,
  codes: z.optional(
    z.strictObject({
      bankCode: optionalText,
      branchCode: optionalText,
      ifsc: optionalText,
      bsb: optionalText,
      aba: optionalText,
      sortCode: optionalText,
      cnaps: optionalText,
    }),
  ),
  accountKind: z.optional(z.enum(['checking', 'savings', 'payment'])),
  branchName: optionalText,
  nationalId: optionalText,
  taxId: optionalText,
  email: optionalText,
  phone: optionalText,
  address: z.optional(
    z.strictObject({
      country: optionalText,
      state: optionalText,
      city: optionalText,
      postalCode: optionalText,
      line1: optionalText,
      line2: optionalText,
    }),
  ),
});

const ewallet = z.strictObject({
  method: z.literal('ewallet'),
  provider: text,
  accountType,
  holderName: text,
  accountNumber: text,
  depositKeyType: z.optional(z.enum(PIX_KEY_TYPES)),
  depositKey: optionalText,
  taxId: optionalText,
  email: optionalText,
  phone: optionalText,
});

const leanx = z.strictObject({
  method: z.literal('leanx'),
  bankId: z.number(),
  accountNumber: text,
  holderName: text,
  recipientReference: text,
});

/**
 * A recipient as a zod schema, discriminated by `method`. The shape is zod's; what makes a value acceptable is
 * `parseRecipient`, whose codes stand as the messages.
 */
export const recipientSchema: z.ZodMiniType<Recipient, Recipient> = /* @__PURE__ */ z
  .discriminatedUnion('method', [bank, ewallet, leanx])
  .check(({ value, issues }) => {
    const result = parseRecipient(value);
    if (result.ok) return;
    for (const { path, code } of result.issues) {
      issues.push({ code: 'custom', message: code, path: path.split('.'), input: value });
    }
  });
