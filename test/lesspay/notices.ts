/** The secret of the shared cases. */
export const SECRET = 'TEST_SECRET_do_not_use_0123456789abcdef';

/** 2026-11-20T21:33:17Z: the clock of the shared cases. */
export const NOW = 1795210397000;

/** A pay-in notice under API version 2. */
export const payinBody = {
  api_version: 'v2',
  order_status: 'SUCCEED',
  order_status_int: 2,
  pay_order_id: 'P1',
  request_id: 'R1',
  target_amount: '100.00',
  target_currency: 'PHP',
};
