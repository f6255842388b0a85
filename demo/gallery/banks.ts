import { reply } from './proxy.ts';

const MALAYSIAN = [
  [84, 'AFFIN BANK BERHAD', 'AFFIN'],
  [27, 'ALLIANCE BANK MALAYSIA BERHAD', 'ALLIANCE'],
  [45, 'AMBANK (M) BERHAD', 'AMBANK'],
  [8, 'BANK ISLAM MALAYSIA BERHAD', 'BANK_ISLAM'],
  [66, 'BANK SIMPANAN NASIONAL', 'BSN'],
  [23, 'CIMB BANK BERHAD', 'CIMB'],
  [62, 'CITIBANK BERHAD', 'CITIBANK'],
  [39, 'HONG LEONG BANK BERHAD', 'HONG_LEONG'],
  [77, 'MALAYAN BANKING BERHAD (MAYBANK)', 'MAYBANK'],
  [31, 'PUBLIC BANK BERHAD', 'PUBLIC_BANK'],
  [14, 'RHB BANK BERHAD', 'RHB'],
  [58, 'UNITED OVERSEAS BANK (MALAYSIA) BERHAD', 'UOB'],
] as const;

/** Banks of the Philippines by the code that a payout to them takes. */
const PHILIPPINE = [
  ['BOPIPHMM', 'Bank of the Philippine Islands'],
  ['BNORPHMM', 'BDO Unibank, Inc.'],
  ['MBTCPHMM', 'Metropolitan Bank and Trust Company'],
  ['UBPHPHMM', 'Union Bank of the Philippines'],
] as const;

/** The list of Malaysian banks, one of which cannot be reached now; `stale` for one of this morning. */
export const malaysianBanks = (stale = false): Response =>
  reply({
    banks: MALAYSIAN.map(([id, name, reference]) => ({
      id,
      name,
      reference: `PAYOUT_${reference}_WEBPAY`,
      active: reference !== 'CITIBANK',
    })),
    fetchedAt: new Date(Date.now() - (stale ? 5 * 3_600_000 : 0)).toISOString(),
    stale,
  });

/** A list longer than is drawn at once. */
export const manyBanks = (): Response =>
  reply({
    banks: Array.from({ length: 120 }, (_, index) => ({
      id: 500 + index,
      name: `RURAL BANK ${index + 1}`,
      reference: `PAYOUT_RURAL_${index + 1}_WEBPAY`,
      active: true,
    })),
    fetchedAt: new Date().toISOString(),
    stale: false,
  });

/** What the proxy lists, by route. */
export const banksAt = (path: string): Response =>
  path.startsWith('/leanx/') ? malaysianBanks() : reply({ banks: PHILIPPINE.map(([code, name]) => ({ code, name })) });
