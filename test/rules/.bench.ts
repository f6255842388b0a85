import { parseRecipient } from '/work/main/src/rules/recipient.ts';
import { recipientSchema } from '/work/main/src/rules/recipient-schema.ts';
const kinds = [
  [
    {
      method: 'bank',
      country: 'PH',
      accountType: 'business',
      holderName: 'Hong Kong Trading Inc.',
      accountNumber: '138000000001',
      bic: 'HSBCPH22',
      bankName: 'Hong Kong and Shanghai Banking Corp.',
    },
    'PHP',
  ],
  [
    {
      method: 'ewallet',
      provider: 'GCash',
      accountType: 'individual',
      holderName: 'Juan dela Cruz',
      accountNumber: '09171234501',
    },
    'PHP',
  ],
  [
    {
      method: 'ewallet',
      provider: 'PIX',
      accountType: 'individual',
      holderName: 'João da Silva',
      accountNumber: '11144477735',
      depositKeyType: 'cpf',
      depositKey: '11144477735',
    },
    'BRL',
  ],
  [
    {
      method: 'bank',
      country: 'DE',
      accountType: 'individual',
      holderName: 'Jürgen Müller',
      iban: 'DE89370400440532013000',
      bic: 'DEUTDEFF',
      bankName: 'Deutsche Bank',
    },
    'EUR',
  ],
  [
    {
      method: 'leanx',
      bankId: 1,
      accountNumber: '514012345678',
      holderName: 'Ahmad bin Ali',
      recipientReference: 'Invoice 12',
    },
    'MYR',
  ],
] as const;
function run(list: any[], label: string) {
  const text = JSON.stringify(list.map(([r]) => r));
  const cur = list.map(([, c]) => c);
  let bestJ = 1e9,
    bestP = 1e9,
    bestS = 1e9;
  for (let i = 0; i < 15; i++) {
    let t = performance.now();
    const v = JSON.parse(text);
    bestJ = Math.min(bestJ, performance.now() - t);
    t = performance.now();
    let bad = 0;
    for (let k = 0; k < v.length; k++) if (!parseRecipient(v[k], { currency: cur[k] }).ok) bad++;
    bestP = Math.min(bestP, performance.now() - t);
    if (bad) throw new Error(label + ' bad ' + bad + JSON.stringify(parseRecipient(v[0], { currency: cur[0] })));
    if (i < 3) {
      t = performance.now();
      for (const r of v) recipientSchema.safeParse ? (recipientSchema as any).safeParse(r) : 0;
      bestS = Math.min(bestS, performance.now() - t);
    }
  }
  console.log(
    label,
    'JSON',
    bestJ.toFixed(1),
    'parse',
    bestP.toFixed(1),
    'ratio',
    (bestP / bestJ).toFixed(2),
    'zod',
    bestS.toFixed(1),
  );
}
run(
  Array.from({ length: 10000 }, (_, i) => kinds[i % 5]),
  'mixed',
);
for (const k of kinds)
  run(
    Array.from({ length: 10000 }, () => k),
    k[0].method + k[1],
  );
