/** A payout service as `list-payout-services` lists it. */
export interface LeanxBank {
  /** `payout_service_id`. */
  readonly id: number;
  readonly reference: string;
  readonly name: string;
  readonly bic: string;
  readonly active: boolean;
  readonly group: 'SWITCH_PAYOUT_WEBPAY' | 'SWITCH_PAYOUT_EWALLET';
}

function bank(id: number, reference: string, name: string, bic: string, active = true): LeanxBank {
  return { id, reference: `PAYOUT_${reference}_WEBPAY`, name, bic, active, group: 'SWITCH_PAYOUT_WEBPAY' };
}

function wallet(id: number, reference: string, name: string, bic: string): LeanxBank {
  return { id, reference: `PAYOUT_${reference}_EWALLET`, name, bic, active: true, group: 'SWITCH_PAYOUT_EWALLET' };
}

/**
 * Only the first two rows are printed by LeanX (Payout Service). The others are Malaysian banks with their BICs; ids are
 * scattered, because they differ per environment and must be read at run time. One row is inactive. The second group and its
 * e-wallets are ours: the page promises e-wallets and prints none.
 */
export const leanxBanks: readonly LeanxBank[] = [
  bank(1, 'MBSB_BANK', 'MBSB BANK BERHAD', 'AFBQMYKL'),
  bank(2, 'AGROBANK', 'BANK PERTANIAN MALAYSIA BHD (AGROBANK)', 'AGOBMYKL'),
  bank(77, 'MAYBANK', 'MALAYAN BANKING BERHAD (MAYBANK)', 'MBBEMYKL'),
  bank(23, 'CIMB', 'CIMB BANK BERHAD', 'CIBBMYKL'),
  bank(31, 'PUBLIC_BANK', 'PUBLIC BANK BERHAD', 'PBBEMYKL'),
  bank(14, 'RHB', 'RHB BANK BERHAD', 'RHBBMYKL'),
  bank(39, 'HONG_LEONG', 'HONG LEONG BANK BERHAD', 'HLBBMYKL'),
  bank(45, 'AMBANK', 'AMBANK (M) BERHAD', 'ARBKMYKL'),
  bank(8, 'BANK_ISLAM', 'BANK ISLAM MALAYSIA BERHAD', 'BIMBMYKL'),
  bank(52, 'BANK_RAKYAT', 'BANK KERJASAMA RAKYAT MALAYSIA BERHAD', 'BKRMMYKL'),
  bank(19, 'BANK_MUAMALAT', 'BANK MUAMALAT MALAYSIA BERHAD', 'BMMBMYKL'),
  bank(66, 'BSN', 'BANK SIMPANAN NASIONAL', 'BSNAMYK1'),
  bank(27, 'ALLIANCE', 'ALLIANCE BANK MALAYSIA BERHAD', 'MFBBMYKL'),
  bank(84, 'AFFIN', 'AFFIN BANK BERHAD', 'PHBMMYKL'),
  bank(35, 'OCBC', 'OCBC BANK (MALAYSIA) BERHAD', 'OCBCMYKL'),
  bank(58, 'UOB', 'UNITED OVERSEAS BANK (MALAYSIA) BERHAD', 'UOVBMYKL'),
  bank(41, 'HSBC', 'HSBC BANK MALAYSIA BERHAD', 'HBMBMYKL'),
  bank(73, 'STANDARD_CHARTERED', 'STANDARD CHARTERED BANK MALAYSIA BERHAD', 'SCBLMYKX'),
  bank(11, 'AL_RAJHI', 'AL RAJHI BANKING & INVESTMENT CORPORATION', 'RJHIMYKL'),
  bank(96, 'KFH', 'KUWAIT FINANCE HOUSE (MALAYSIA) BERHAD', 'KFHOMYKL'),
  bank(62, 'CITIBANK', 'CITIBANK BERHAD', 'CITIMYKL', false),
  bank(88, 'BANK_OF_CHINA', 'BANK OF CHINA (MALAYSIA) BERHAD', 'BKCHMYKL'),
  bank(17, 'ICBC', 'INDUSTRIAL AND COMMERCIAL BANK OF CHINA (MALAYSIA) BERHAD', 'ICBKMYKL'),
  bank(91, 'MUFG', 'MUFG BANK (MALAYSIA) BERHAD', 'BOTKMYKX'),
  bank(103, 'GX_BANK', 'GX BANK BERHAD', 'GXSPMYKL'),
  bank(104, 'AEON_BANK', 'AEON BANK (M) BERHAD', 'ACDBMYK2'),
  bank(109, 'BOOST_BANK', 'BOOST BANK BERHAD', 'BOBEMYK2'),
  wallet(121, 'TNG', "TOUCH 'N GO EWALLET", 'TNGDMYNB'),
  wallet(124, 'BOOST', 'BOOST EWALLET', 'BOSTMYNB'),
  wallet(127, 'BIGPAY', 'BIGPAY', 'BGPYMYNB'),
  wallet(133, 'SHOPEEPAY', 'SHOPEEPAY', 'ARPYMYNB'),
];
