import { parseRecipient } from 'lesspay-elements/rules';
import { compare } from './ratio.ts';
import type { Section } from './report.ts';

const COUNT = 10_000;

function recipient(index: number): unknown {
  const digits = String(index).padStart(7, '0');
  switch (index % 3) {
    case 0:
      return {
        method: 'ewallet',
        provider: 'GCash',
        accountType: 'individual',
        holderName: 'Maria Clara Santos',
        accountNumber: `0917${digits}`,
      };
    case 1:
      return {
        method: 'bank',
        country: 'PH',
        accountType: 'business',
        holderName: 'Luad Stoneware Inc.',
        accountNumber: `0012${digits}`,
        bic: 'BNORPHMM',
        bankName: 'BDO Unibank, Inc.',
      };
    default:
      return {
        method: 'leanx',
        bankId: 23,
        accountNumber: `5140${digits}1`,
        holderName: 'Aisyah binti Rahman',
        recipientReference: `INV-${digits}`,
      };
  }
}

/** Checking a large batch of recipients, against reading the same batch as JSON. */
export async function benchRules(): Promise<Section[]> {
  const text = JSON.stringify(Array.from({ length: COUNT }, (_, index) => recipient(index)));
  const recipients = JSON.parse(text) as unknown[];
  const check = () => {
    for (const one of recipients) {
      const result = parseRecipient(one);
      if (!result.ok) throw new Error(`A recipient of the bench is refused: ${JSON.stringify(result.issues)}`);
    }
  };
  return [
    {
      title: 'Rules',
      about: 'Checking recipients, against reading the same batch as JSON, in turns.',
      figures: await compare(
        'parseRecipient of 10,000 recipients',
        check,
        'JSON.parse of the same batch',
        () => void JSON.parse(text),
        10,
      ),
    },
  ];
}
