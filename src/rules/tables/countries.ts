import { once } from '../once.ts';

// ISO 3166-1 alpha-2, officially assigned codes (ISO Online Browsing Platform, read 2026-11-20): 249 codes,
// each row a first letter and the second letters that go with it.
const CODES =
  'ADEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNORUVWXYZ DEJKMOZ ECEGHRST FIJKMOR GABDEFGHILMNPQRSTUWY ' +
  'HKMNRTU IDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM ' +
  'PAEFGHKLMNRSTWY QA REOSUW SABCDEGHIJKLMNORSTVXYZ TCDFGHJKLMNORTVWZ UAGMSYZ VACEGINU WFS YET ZAMW';

/** Country codes of ISO 3166-1 alpha-2. */
export const isoCountries = /* @__PURE__ */ once(
  (): ReadonlySet<string> =>
    new Set(CODES.split(' ').flatMap(([first = '', ...seconds]) => seconds.map((second) => first + second))),
);

/**
 * Territories whose banks use another country's prefix in their BICs and IBANs. SWIFT IBAN Registry (FR, GB and FI name
 * the territories they cover) and ISO 9362 practice; the territory's own code is accepted beside it.
 */
export const bankingCountries = /* @__PURE__ */ once(
  (): ReadonlyMap<string, string> =>
    new Map(
      Object.entries({
        US: 'AS GU MP PR VI',
        FI: 'AX',
        FR: 'BL GF GP MF MQ NC PF PM RE TF WF YT',
        GB: 'GG IM JE',
        NO: 'SJ',
      }).flatMap(([country, territories]) => territories.split(' ').map((territory) => [territory, country] as const)),
    ),
);
