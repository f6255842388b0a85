import { once } from '../once.ts';

// ISO 4217 list one (SIX, published 2026-01-01): every active code that has a minor unit, grouped by its decimals
// and its first letter: "AEDFN" is AED and AFN.
// Withdrawn and therefore absent: HRK, SLL, ZWL, CUC, ANG (XCG since 2025-03-31), BGN (euro since 2026-01-01).
// Codes whose minor unit is "N.A." are absent too: XAU, XAG, XPT, XPD, XDR, XSU, XUA, XBA-XBD, XTS, XXX.
// IDR and HUF have 2 here although many rails carry whole units only; a channel that differs overrides the number.
const BY_DECIMALS = [
  'BIF CLP DJF GNF ISK JPY KMFRW PYG RWF UGXYI VNDUV XAFOFPF',
  '',
  'AEDFNLLMDOARSUDWGZN BAMBDDTMDNDOBOVRLSDTNWPYNZD CADDFHEHFHWNYOPOURCUPVEZK DKKOPZD EGPRNTBUR FJDKP ' +
    'GBPELHSIPMDTQYD HKDNLTGUF IDRLSNRRR JMD KESGSHRPWYDZT LAKBPKRRDSL MADDLGAKDMKNTOPRUURVRWKXNXVYRZN ' +
    'NADGNIOOKPRZD PABENGKHPKRLN QAR RONSDUB SARBDCRDGEKGDHPLEOSRDSPTNVCYPZL THBJSMTOPRYTDWDZS UAHSDSNYUZS VEDES ' +
    'WST XADCDCG YER ZARMWWG',
  'BHD IQD JOD KWD LYD OMR TND',
  'CLF UYW',
];

/** Decimals by ISO 4217 code. */
export const isoCurrencies = /* @__PURE__ */ once((): ReadonlyMap<string, number> => {
  const decimalsOf = new Map<string, number>();
  BY_DECIMALS.forEach((rows, decimals) => {
    for (const row of rows.split(' ')) {
      for (let at = 1; at < row.length; at += 2) decimalsOf.set(row.charAt(0) + row.slice(at, at + 2), decimals);
    }
  });
  return decimalsOf;
});
