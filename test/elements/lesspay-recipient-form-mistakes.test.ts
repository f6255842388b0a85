import { expect, fixture, html } from '@open-wc/testing';
import 'lesspay-elements/define/lesspay-recipient-form';
import type { LesspayRecipientForm } from 'lesspay-elements';
import { choose, faded, inside, type, wordsOf } from './shadow-controls.ts';

interface Mistake {
  what: string;
  /** Attributes of the form, and choices made in it. */
  at: { currency: string; method?: string; country?: string; pick?: Record<string, string> };
  field: string;
  typed: string;
  /** Parts of what the operator then reads. */
  said: readonly string[];
}

const PH = { currency: 'PHP' };
const DE = { currency: 'EUR', country: 'DE' };
const GCASH = { currency: 'PHP', method: 'ewallet', pick: { provider: 'GCash' } };
const GOPAY = { currency: 'IDR', method: 'ewallet', pick: { provider: 'Gopay' } };
const PIX = { currency: 'BRL', method: 'ewallet' };

const MISTAKES: readonly Mistake[] = [
  {
    what: 'an IBAN with a digit lost',
    at: DE,
    field: 'iban',
    typed: 'DE89 3704 0044 0532 0130 0',
    said: ['one digit short for Germany', '22 characters, you have 21'],
  },
  {
    what: 'an IBAN with two digits too many',
    at: DE,
    field: 'iban',
    typed: 'DE8937040044053201300012',
    said: ['too long for Germany: 22 characters, you have 24'],
  },
  {
    what: 'an IBAN with two digits swapped',
    at: DE,
    field: 'iban',
    typed: 'DE89 3704 0044 0532 0103 00',
    said: ['IBAN is mistyped', 'Compare'],
  },
  {
    what: 'an IBAN with O for 0',
    at: DE,
    field: 'iban',
    typed: 'DE89 37O4 0044 0532 0130 00',
    said: ['do not fit Germany', 'O in place of 0'],
  },
  {
    what: 'an IBAN of another country',
    at: DE,
    field: 'iban',
    typed: 'GB29 NWBK 6016 1331 9268 19',
    said: ['another country (United Kingdom, not Germany)', 'Correct one of them'],
  },
  {
    what: 'an IBAN of a country without IBAN',
    at: DE,
    field: 'iban',
    typed: 'US12 3456 7890 1234',
    said: ['“US” is not a country that uses IBAN'],
  },
  {
    what: 'a BIC of another country than the account',
    at: PH,
    field: 'bic',
    typed: 'DEUTDEFF',
    said: ['another country (Germany, not Philippines)', 'Correct one of them'],
  },
  {
    what: 'a BIC with a letter lost',
    at: PH,
    field: 'bic',
    typed: 'BNORPHM',
    said: ['8 or 11 characters, you have 7'],
  },
  { what: 'a test BIC', at: PH, field: 'bic', typed: 'BNORPH00', said: ['test SWIFT / BIC', 'real one'] },
  { what: 'a BIC without a country', at: PH, field: 'bic', typed: 'BNORZZMM', said: ['“ZZ”', 'not a country'] },
  { what: 'the name of the bank for the BIC', at: PH, field: 'bic', typed: 'BDO Bank!', said: ['SWIFT / BIC'] },
  {
    what: 'a card number for the account',
    at: PH,
    field: 'accountNumber',
    typed: '4111 1111 1111 1111',
    said: ['card number', 'not be stored', 'account number'],
  },
  {
    what: 'a word for the account',
    at: PH,
    field: 'accountNumber',
    typed: 'BDO',
    said: ['4 to 34 letters and digits'],
  },
  {
    what: 'an IBAN for a Malaysian account',
    at: { currency: 'MYR' },
    field: 'accountNumber',
    typed: 'DE89370400440532013000',
    said: ['looks like an IBAN'],
  },
  {
    what: 'a Malaysian account with letters',
    at: { currency: 'MYR' },
    field: 'accountNumber',
    typed: 'AB12345678',
    said: ['Malaysian', 'digits only'],
  },
  {
    what: 'a GCash number in an IDR payout',
    at: GOPAY,
    field: 'accountNumber',
    typed: '0917 123 4567',
    said: ['another country (Philippines, not Indonesia)', 'Correct one of them'],
  },
  {
    what: 'a GCash number with +63 in an IDR payout',
    at: GOPAY,
    field: 'accountNumber',
    typed: '+63 917 123 4567',
    said: ['another country (Philippines, not Indonesia)', 'Correct one of them'],
  },
  {
    what: 'a Gopay number in a PHP payout',
    at: GCASH,
    field: 'accountNumber',
    typed: '+62 812 3456 7890',
    said: ['another country (Indonesia, not Philippines)', 'Correct one of them'],
  },
  {
    what: 'a wallet number with a digit lost',
    at: GCASH,
    field: 'accountNumber',
    typed: '0917 123 456',
    said: ['such as 09171234567'],
  },
  {
    what: 'an e-mail address for a wallet',
    at: GCASH,
    field: 'accountNumber',
    typed: 'maria@example.com',
    said: ['such as 09171234567'],
  },
  {
    what: 'a CPF under type phone',
    at: { ...PIX, pick: { depositKeyType: 'phone' } },
    field: 'depositKey',
    typed: '111.444.777-35',
    said: ['type CPF, not Phone'],
  },
  {
    what: 'an e-mail under type CPF',
    at: { ...PIX, pick: { depositKeyType: 'cpf' } },
    field: 'depositKey',
    typed: 'maria@example.com',
    said: ['type E-mail, not CPF'],
  },
  {
    what: 'a mistyped CPF before any type is chosen',
    at: PIX,
    field: 'depositKey',
    typed: '111.444.777-36',
    said: ['CPF is mistyped', 'check digits'],
  },
  {
    what: 'a CPF with a digit lost',
    at: PIX,
    field: 'depositKey',
    typed: '111.444.777-3',
    said: ['A CPF has 11 digits, you have 10'],
  },
  {
    what: 'a mistyped CNPJ before any type is chosen',
    at: PIX,
    field: 'depositKey',
    typed: '11.222.333/0001-82',
    said: ['CNPJ is mistyped'],
  },
  {
    what: 'a Brazilian phone of an area that does not exist',
    at: PIX,
    field: 'depositKey',
    typed: '+55 20 91234-5678',
    said: ['area code does not exist'],
  },
  {
    what: 'a random key cut off',
    at: PIX,
    field: 'depositKey',
    typed: '123e4567-e89b-12d3-a456-42665544',
    said: ['random key', 'whole key'],
  },
  {
    what: 'a PIX key that is a name',
    at: PIX,
    field: 'depositKey',
    typed: 'Maria',
    said: ['CPF, CNPJ, e-mail, phone or random key'],
  },
  {
    what: 'a foreign phone as a PIX key',
    at: PIX,
    field: 'depositKey',
    typed: '+63 917 123 4567',
    said: ['Brazilian phone number'],
  },
  {
    what: 'an amount with a dot for the thousands',
    at: PH,
    field: 'amount',
    typed: '1.250',
    said: ['“1.250” can be read in two ways', '1250'],
  },
  {
    what: 'an amount with too many decimals',
    at: PH,
    field: 'amount',
    typed: '1,250.5050',
    said: ['at most 2 decimals'],
  },
  { what: 'an amount in another currency', at: PH, field: 'amount', typed: '€100', said: ['in PHP', 'digits only'] },
  { what: 'an amount in words', at: PH, field: 'amount', typed: 'ten', said: ['amount in PHP'] },
  { what: 'an amount of nothing', at: PH, field: 'amount', typed: '0,00', said: ['above zero'] },
  {
    what: 'centavos of yen',
    at: { currency: 'JPY' },
    field: 'amount',
    typed: '10.5',
    said: ['JPY has no decimals', 'whole amount'],
  },
  {
    what: 'an amount with the digits of a phone',
    at: PH,
    field: 'amount',
    typed: '9171234567890',
    said: ['at most 12 digits'],
  },
  {
    what: 'a name with an e-mail address',
    at: PH,
    field: 'holderName',
    typed: 'maria@example.com',
    said: ['“@” cannot be in a name'],
  },
  {
    what: 'a name with a Cyrillic letter among Latin ones',
    at: PH,
    field: 'holderName',
    typed: 'M\u0430ria',
    said: ['mixes alphabets'],
  },
  {
    what: 'a reference with a slash',
    at: PH,
    field: 'reference',
    typed: 'INV/2041',
    said: ['reference', 'letters, digits'],
  },
  {
    what: 'a reference that is an essay',
    at: PH,
    field: 'reference',
    typed: 'x'.repeat(65),
    said: ['at most 64 characters, you have 65'],
  },
  {
    what: 'a sort code as an account’s',
    at: { currency: 'GBP' },
    field: 'codes.sortCode',
    typed: '20-00-0',
    said: ['Is it 020000?'],
  },
  {
    what: 'a routing number with two digits swapped',
    at: { currency: 'USD' },
    field: 'codes.aba',
    typed: '012000021',
    said: ['is mistyped'],
  },
  {
    what: 'an IFSC with O for the zero',
    at: { currency: 'INR' },
    field: 'codes.ifsc',
    typed: 'HDFCO001234',
    said: ['a zero'],
  },
];

describe('<lesspay-recipient-form> and the mistakes of operators', () => {
  async function read({ at, field, typed }: Mistake): Promise<[LesspayRecipientForm, string]> {
    const form = await fixture<LesspayRecipientForm>(
      html`<lesspay-recipient-form
        proxy=""
        currency=${at.currency}
        method=${at.method ?? 'bank'}
        country=${at.country ?? ''}
        payout
      ></lesspay-recipient-form>`,
    );
    for (const [name, value] of Object.entries(at.pick ?? {})) {
      choose(inside<HTMLInputElement>(form, `[data-field=${name}][value=${value}]`), value);
    }
    await form.updateComplete;
    const id = `#f-${field.replace('.', '-')}`;
    const input = inside<HTMLInputElement>(form, id);
    type(input, typed);
    input.blur();
    await form.updateComplete;
    return [form, wordsOf(form.renderRoot.querySelector(`${id}-error`))];
  }

  for (const mistake of MISTAKES) {
    it(`names ${mistake.what}, and the remedy`, async () => {
      const [form, words] = await read(mistake);
      for (const part of mistake.said) expect(words).to.contain(part);
      expect(words, 'a placeholder was left').not.to.match(/[{}]|undefined/);
      expect(form.issues.map(({ path }) => path)).to.contain(mistake.field);
      expect(form.review()).to.equal(false);
    });
  }

  it('takes amounts with a comma where they can be read in one way only', async () => {
    for (const [typed, amount] of [
      ['1250,50', '1250.50'],
      ['1.250,50', '1250.50'],
      ['1,250', '1250.00'],
      ['1 250,5', '1250.50'],
      ['12,345,678.90', '12345678.90'],
    ] as const) {
      const [form, words] = await read({ what: '', at: PH, field: 'amount', typed, said: [] });
      expect([words, form.amount], typed).to.deep.equal(['', amount]);
    }
  });

  it('names a wallet of another currency, given by the page or left from a change of currency', async () => {
    const form = await fixture<LesspayRecipientForm>(
      html`<lesspay-recipient-form proxy="" currency="IDR" required></lesspay-recipient-form>`,
    );
    form.value = { method: 'ewallet', provider: 'GCash', holderName: 'Maria', accountNumber: '081234567890' };
    expect(form.issues).to.deep.equal([{ path: 'provider', code: 'wallet-provider-unknown' }]);
    form.reportValidity();
    await form.updateComplete;
    expect(wordsOf(form.renderRoot.querySelector('#f-provider-error'))).to.equal(
      '“GCash” is no wallet for IDR. Choose one of these.',
    );
    await faded(form);
    await expect(form).to.be.accessible();
    choose(inside<HTMLInputElement>(form, '[data-field=provider][value=Gopay]'), 'Gopay');
    await form.updateComplete;
    expect(form.renderRoot.querySelector('#f-provider-error')).to.equal(null);
    expect(form.value).to.include({ provider: 'Gopay' });
  });
});
