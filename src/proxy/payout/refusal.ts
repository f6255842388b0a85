import { lesspayCode, type LesspayCodeField } from '../../lesspay/codes.ts';
import type { FieldError } from '../../protocol/problem.ts';
import { ProblemError } from '../http/problem.ts';
import type { PayoutRecord } from './record.ts';

/** A certain refusal as the record keeps it. */
export type PayoutRefusal = NonNullable<PayoutRecord['refusal']>;

/** The problem that whoever repeats a refused request is told. */
export function refusalProblem({ refusal, requestId }: PayoutRecord): ProblemError {
  if (!refusal) throw new Error('Only a refused payout has a refusal');
  const { code, detail, upstreamCode, errors } = refusal;
  return new ProblemError(code, detail, {
    status: code === 'upstream-refused' ? 422 : undefined,
    requestId: refusal.requestId ?? requestId,
    upstreamCode,
    errors,
  });
}

/** The platform's "no" to a payout, in our words. */
export function upstreamRefusal(record: PayoutRecord, upstreamCode: string | undefined): PayoutRefusal {
  return {
    code: 'upstream-refused',
    detail: 'The payout platform refused; nothing was paid. Correct what errors names and send it with a new key.',
    ...(upstreamCode === undefined ? {} : { upstreamCode }),
    ...(record.via === 'leanx' ? {} : { errors: refusedMembers(record, upstreamCode) }),
  };
}

/** Which member of our request the platform's code is about (Lesspay docs, Pay Out Error Codes; read 2026-11-20). */
function refusedMembers(record: PayoutRecord, upstreamCode: string | undefined): FieldError[] {
  const field = upstreamCode === undefined ? undefined : lesspayCode(upstreamCode)?.field;
  if (field === undefined || field === 'requestId') return [];
  if (field === 'currency') return [{ path: 'currency', code: 'upstream-refused' }];
  // In a batch the code does not say which payout it means.
  const path = record.details.length > 1 || field === 'total' ? 'payouts' : `payouts.0.${MEMBERS[field]}`;
  return [{ path, code: 'upstream-refused' }];
}

const MEMBERS: Record<Exclude<LesspayCodeField, 'requestId' | 'currency' | 'total'>, string> = {
  accountType: 'recipient.accountType',
  country: 'recipient.country',
  account: 'recipient.accountNumber',
  iban: 'recipient.iban',
  bic: 'recipient.bic',
  holderName: 'recipient.holderName',
  depositKeyType: 'recipient.depositKeyType',
  reference: 'reference',
  amount: 'amount',
};
