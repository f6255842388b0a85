import * as z from 'zod/mini';
import { PIX_KEY_TYPES } from './pix-key.ts';
import { parseRecipient } from './recipient.ts';
import type { Recipient } from './types.ts';

const text = z.string();
const optionalText = z.optional(text);
const accountType = z.enum(['individual', 'business']);

const holder = {
  accountType,
  holderName: text,
  firstName: optionalText,
  lastName: optionalText,
  dateOfBirth: optionalText,
  nationality: optionalText,
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
};

const bank = z.strictObject({
  method: z.literal('bank'),
  country: text,
  ...holder,
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
  bankProvince: optionalText,
  bankCity: optionalText,
  purposeCode: optionalText,
});

const ewallet = z.strictObject({
  method: z.literal('ewallet'),
  provider: text,
  ...holder,
  accountNumber: text,
  depositKeyType: z.optional(z.enum(PIX_KEY_TYPES)),
  depositKey: optionalText,
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
