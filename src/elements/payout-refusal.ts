import type { ProxyError } from '../client.ts';
import type { FormView } from './form-view.ts';
import { hasIssueText } from './issue-text.ts';
import { deskText } from './payout-desk-text.ts';
import { CHOICES } from './recipient-entry.ts';

/** A refusal in words, and whether another entry may cure it. */
export interface PayoutRefusal {
  text: string;
  isCurable: boolean;
}

const CURABLE = /^(upstream-refused|no-route|duplicate-payout|invalid-recipient|payout-limit-exceeded)$/;

/** Takes over what the proxy refused, each reason to its field where it names any. */
export function takeRefusal({ entry, lang, problemOf }: FormView, { problem, code }: ProxyError): PayoutRefusal {
  const t = deskText(lang);
  const { upstreamCode = '', errors = [] } = problem ?? {};
  // 20150–20160, 20320–20326 and 20361 refuse some field, and do not say which.
  const said = t(`upstream.${upstreamCode.replace(/^20(1|3[26])\d\d?$/, '30000')}`);
  const known: string[] = [...CHOICES, ...entry.fields.map(({ name }) => name)];
  const { refused } = entry;
  refused.clear();
  for (const { path, code: reason } of errors) {
    const own = path.replace(/^(payouts\.\d+\.)?(recipient\.)?/, '');
    // Where the account is a PIX key or an IBAN, that is the field.
    const name = [own, ...(own === 'accountNumber' ? ['depositKey', 'iban'] : [])].find((at) => known.includes(at));
    if (name) refused.set(name, said ?? problemOf(name, hasIssueText(reason) ? reason : 'wrong-type'));
  }
  entry.listed = [...refused.keys()];
  return {
    text: said ?? (t(`problem.${code}`) ?? t('problem.other')).replace('{code}', upstreamCode || code),
    isCurable: refused.size > 0 || CURABLE.test(code),
  };
}
