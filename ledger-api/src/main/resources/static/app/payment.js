// One payment with its receipt.

import { read } from './api.js';
import { follow } from './citizen-payment.js';
import { el, find } from './dom.js';
import { wakeSound } from './sound.js';

const { wallet, payment } = find('main').dataset;
const place = find('#payment');

document.addEventListener('pointerdown', () => wakeSound().catch(() => {}), { once: true });
read(`/api/v1/payments/${payment}`)
  .then((found) => follow(place, found, wallet))
  .catch((e) => place.replaceChildren(el('p', { class: 'note bad', role: 'alert' }, e.message)));
