import { isCardInAccount } from './bank-account.ts';
import { TABLES } from './rule-tables.ts';
import type { RuleTables } from './rule-tables.ts';
import type { Recipient, RecipientWarning } from './types.ts';

/** What is acceptable in a recipient but worth a second look, by the merchant's tables. */
export function recipientWarnings(recipient: Recipient, tables: RuleTables = TABLES): RecipientWarning[] {
  const warnings: RecipientWarning[] = [];
  if (recipient.method === 'ewallet') {
    if (!tables.cnpjLetters && recipient.depositKeyType === 'cnpj' && /[A-Z]/.test(recipient.depositKey ?? '')) {
      warnings.push({ path: 'depositKey', code: 'cnpj-letters' });
    }
    return warnings;
  }
  const country = recipient.method === 'bank' ? recipient.country : 'MY';
  const number = recipient.accountNumber;
  if (
    tables.accounts.cardNumbers === 'warn' &&
    number !== undefined &&
    isCardInAccount(tables.accounts, number, country)
  ) {
    warnings.push({ path: 'accountNumber', code: 'card-number' });
  }
  return warnings;
}
