// Finds the store: by camera, by a picture, or by its number.

import { settle, unfinished } from './api.js';
import { find } from './dom.js';
import { scanner } from './scan.js';

// An order whose answer was lost comes first: it may well be the payment one is about to repeat.
if (unfinished('pay') !== null) {
  settle('pay').then((payment) => payment && location.replace(`/wallet/payments/${payment.paymentId}`)).catch(() => {});
}
scanner(find('.scanner'), (text) => location.assign(`/wallet/pay?code=${encodeURIComponent(text)}`)).open();
