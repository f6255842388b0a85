// ISO 4217 list one (SIX, published 2026-01-01): every active code that has a minor unit, grouped by its decimals.
// Withdrawn and therefore absent: HRK, SLL, ZWL, CUC, ANG (XCG since 2025-03-31), BGN (euro since 2026-01-01).
// Codes whose minor unit is "N.A." are absent too: XAU, XAG, XPT, XPD, XDR, XSU, XUA, XBA-XBD, XTS, XXX.
// IDR and HUF have 2 here although many rails carry whole units only; a channel that differs overrides the number.
const BY_DECIMALS = [
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  '',
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY ' +
    'COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS ' +
    'INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR ' +
    'MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP ' +
    'STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG',
  'BHD IQD JOD KWD LYD OMR TND',
  'CLF UYW',
];

/** Decimals by ISO 4217 code. */
export const CURRENCIES: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ BY_DECIMALS.flatMap((codes, decimals) =>
    codes
      .split(' ')
      .filter(Boolean)
      .map((code) => [code, decimals] as const),
  ),
);
