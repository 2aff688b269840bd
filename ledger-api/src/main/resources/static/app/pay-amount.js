// The store is known; now the amount, and then the store's OK.

import { perform, read, settle, unfinished, Unknown } from './api.js';
import { follow } from './citizen-payment.js';
import { clockIsSet } from './clock.js';
import { complain, find, once } from './dom.js';
import { pad } from './pad.js';
import { wakeSound } from './sound.js';
import { points, say, yen } from './words.js';

const { wallet, merchant, code } = find('main').dataset;
const problem = find('#problem');
const send = find('#send');
const place = find('#payment');

function showPayment(payment) {
  find('#ask').hidden = true;
  find('.back').hidden = true;
  history.replaceState(null, '', `/wallet/payments/${payment.paymentId}`);
  follow(place, payment, wallet);
}

let usable = Infinity;

/** What cannot be paid here is said before anything is sent. */
function judge(amount) {
  const tooMuch = amount > usable;
  complain(problem, tooMuch ? say('pay.toomuch', points(usable)) : '');
  send.disabled = amount === 0 || tooMuch;
  send.textContent = amount === 0 ? say('pay.send.empty') : say('pay.send', yen(amount));
}

async function showStore() {
  const [store, plan] = await Promise.all([
    read(`/api/v1/merchants/${merchant}`),
    read(`/api/v1/wallets/${wallet}/usable-at/${merchant}`),
  ]);
  find('#store-name').textContent = store.name ?? store.merchantName;
  find('#store-class').textContent = say(`class.${store.storeClass}`);
  const elsewhere = plan.notUsableHere > 0 ? ` ${say('pay.elsewhere', points(plan.notUsableHere))}` : '';
  find('#usable').textContent = say('pay.usable', points(plan.usable)) + elsewhere;
  usable = plan.usable;
  judge(amounts.amount());
}

const amounts = pad(find('.pad'), judge);
find('.pad').addEventListener('click', () => wakeSound().catch(() => {}), { once: true });

once(send, async () => {
  complain(problem, '');
  wakeSound().catch(() => {});
  send.textContent = say('pay.sending');
  try {
    showPayment(await perform('pay', 'POST', '/api/v1/payments', { mode: 'USER_SCAN', code, amount: amounts.amount() }));
  } catch (e) {
    complain(problem, e instanceof Unknown ? say('problem.retry.same') : e.message);
    send.textContent = say('pay.send', yen(amounts.amount()));
  }
});

clockIsSet();
showStore().catch((e) => complain(problem, e.message));
if (unfinished('pay') !== null) {
  settle('pay').then((payment) => payment && showPayment(payment)).catch(() => {});
}
