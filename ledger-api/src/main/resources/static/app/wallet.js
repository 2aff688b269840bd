// A citizen's wallet: what can be spent now, where, and until when.

import { read } from './api.js';
import { clockIsSet } from './clock.js';
import { el, find, showAmount } from './dom.js';
import { openProposals } from './citizen-payment.js';
import { watch } from './live.js';
import { isOpen } from './payment-card.js';
import { lastDayBefore, points, say, yen } from './words.js';

const { wallet } = find('main').dataset;
const EVERY = 10_000;

function line(term, value) {
  return el('div', {}, el('dt', {}, term), el('dd', { class: 'figure' }, value));
}

function showBalance(balance) {
  showAmount(find('#available'), points(balance.available));
  const lines = [];
  for (const scope of ['ALL', 'LOCAL']) {
    lines.push(line(say(`scope.${scope}`), points(balance.byScope[scope]?.available ?? 0)));
  }
  if (balance.held > 0) {
    lines.push(line(say('wallet.held'), points(balance.held)));
  }
  find('#scopes').replaceChildren(...lines);
}

/** Points that end at the same instant and count in the same places are one line. */
function showExpiries({ lots }) {
  const sums = new Map();
  for (const lot of lots) {
    const key = `${lot.expiresAt} ${lot.scope}`;
    const sum = sums.get(key) ?? { at: lot.expiresAt, scope: lot.scope, amount: 0 };
    sum.amount += lot.remaining;
    sums.set(key, sum);
  }
  const lines = [...sums.values()].filter((sum) => sum.amount > 0)
    .sort((a, b) => new Date(a.at) - new Date(b.at) || a.scope.localeCompare(b.scope));
  find('#expiries').replaceChildren(...lines.map((sum) => el(
    'li', {},
    el('span', {}, lastDayBefore(sum.at), el('br'), el('span', { class: 'soft' }, say(`scope.${sum.scope}`))),
    el('strong', { class: 'figure' }, points(sum.amount)),
  )));
  find('#expiry').hidden = lines.length === 0;
}

function showWaiting(payments) {
  find('#waiting').replaceChildren(...payments.filter(isOpen).map((payment) => el(
    'p', { class: 'note wait' },
    say(payment.awaiting === 'CITIZEN' ? 'CITIZEN.ask' : 'CITIZEN.wait'), ' ',
    `${payment.merchantName} ${yen(payment.amount)} `,
    el('a', { class: 'button', href: `/wallet/payments/${payment.paymentId}` }, say('payment.open')),
  )));
}

await clockIsSet();
watch(async () => {
  const balance = await read(`/api/v1/wallets/${wallet}`);
  showBalance(balance);
  showExpiries(balance);
  showWaiting(balance.held > 0 ? await openProposals(wallet) : []);
}, EVERY);
