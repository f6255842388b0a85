// A click on someone who is to be paid fills the form; what was sent is followed below it.
const form = document.querySelector('lesspay-recipient-form');
const follow = document.querySelector('lesspay-payout-status');

for (const button of document.querySelectorAll('[data-payee]')) {
  button.addEventListener('click', () => {
    const { recipient, amount, reference } = JSON.parse(button.dataset.payee);
    Object.assign(form, { value: recipient, amount, reference });
    form.focus();
  });
}

form.addEventListener('lesspay-submitted', ({ requestId, reference }) => {
  follow.requestId = requestId;
  follow.closest('section').hidden = false;
  for (const button of document.querySelectorAll('[data-payee]')) {
    if (JSON.parse(button.dataset.payee).reference === reference) button.disabled = true;
  }
});
