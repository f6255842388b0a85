/** Texts of `<lesspay-checkout>`. */
export const checkout = {
  pay: 'Pay',
  payAmount: 'Pay {amount}',
  starting: 'Opening secure checkout…',
  newTab: '(opens in a new tab)',
  tryAgain: 'Try again',
  failed: 'The checkout could not be opened, and nothing was charged.',
  alreadyPaid: 'This order has already been paid. There is nothing more to pay.',
  orderNotFound: 'We could not find this order. Please go back to the shop and start again.',
  orderChanged: 'This order has changed since the page was loaded. Reload the page to see the new amount.',
  offline: 'We could not reach the shop, and nothing was charged. Check your connection.',
  slow: 'The checkout did not answer in time, and nothing was charged.',
} as const;
