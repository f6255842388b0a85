import { once } from '../once.ts';

// SWIFT, IBAN Registry (ISO 13616), release 100 and the members since: countries, and the structure of their BBAN in the
// registry's own notation, n digits, a letters, c either. Compared with ibantools 4.5 by a test; read 2026-11-20.
const BBANS =
  'LV4a13cBH4a14cGI4a15cRO4a16cAZ4a20cQA4a21cKW4a22cLC4a24cFK2a12nNL4a10nGB4a14nIQ4a15nDOHNNISV4a20nMU4a19n3a' +
  'SC4a20n3aITSM1a10n12cBY4a4n16cJOYE4a4n18cMT4a5n18cBG4a6n8cMD20cGT24cGE2c16nIE4c14nPKVG4c16nPS4c21nNO11nBE12n' +
  'AXDKFIFOGLSD14nSI15nATBAEELTMNXK16nHR17nCRDEMERSVA18nAEILSOTL19nCZESSESKTN20nLYPTST21nIS22nBIDJMR23nHUPL24nEG25n' +
  'BR23n1a1cSA2n18cKZLU3n13cOM3n16cLB4n20cCHLI5n12cTR5n17cUA6n19cGR7n16cAD8n12cALCY8n16cRU14n15cMK3n10c2n' +
  'FRGFGPMCMFMQNCPFPMRETFWFYT10n11c2n';

/** The countries whose accounts have an IBAN, with the structure of what follows the check digits. */
export const ibanStructures = /* @__PURE__ */ once((): ReadonlyMap<string, string> => {
  const structures = new Map<string, string>();
  for (const [, countries = '', structure = ''] of BBANS.matchAll(/([A-Z]+)([0-9nac]+)/g)) {
    for (let at = 0; at < countries.length; at += 2) structures.set(countries.slice(at, at + 2), structure);
  }
  return structures;
});
