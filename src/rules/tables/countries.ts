// ISO 3166-1 alpha-2, officially assigned codes (ISO Online Browsing Platform, read 2026-11-20): 249 codes, two letters each.
const CODES =
  'ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZ' +
  'DEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJP' +
  'KEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZ' +
  'OMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZ' +
  'UAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW';

/** Country codes of ISO 3166-1 alpha-2. */
export const COUNTRIES: ReadonlySet<string> = /* @__PURE__ */ new Set(CODES.match(/../g));

/**
 * Territories whose banks use another country's prefix in their BICs and IBANs. SWIFT IBAN Registry (FR, GB and FI name
 * the territories they cover) and ISO 9362 practice; the territory's own code is accepted beside it.
 */
export const BANKING_COUNTRY: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  Object.entries({
    AS: 'US',
    AX: 'FI',
    BL: 'FR',
    GF: 'FR',
    GG: 'GB',
    GP: 'FR',
    GU: 'US',
    IM: 'GB',
    JE: 'GB',
    MF: 'FR',
    MP: 'US',
    MQ: 'FR',
    NC: 'FR',
    PF: 'FR',
    PM: 'FR',
    PR: 'US',
    RE: 'FR',
    SJ: 'NO',
    TF: 'FR',
    VI: 'US',
    WF: 'FR',
    YT: 'FR',
  }),
);
