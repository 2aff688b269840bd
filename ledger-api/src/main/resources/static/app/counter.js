// The counter: find the resident, reserve, take the cash, issue.

import { perform, read } from './api.js';
import { clockIsSet, ledgerNow } from './clock.js';
import { complain, el, find, once } from './dom.js';
import { pad } from './pad.js';
import { leftOf, points, say, yen } from './words.js';

const { campaign } = find('main').dataset;
const problem = find('#problem');
const STEPS = ['find', 'sell', 'reserved', 'issued'];

let resident = null;
let purchase = null;

function step(name) {
  STEPS.forEach((other) => { find(`#${other}`).hidden = other !== name; });
  complain(problem, '');
  find(`#${name} h2`)?.focus();
}

async function trying(work) {
  complain(problem, '');
  try {
    await work();
  } catch (e) {
    complain(problem, e.message);
  }
}

function choose(person) {
  resident = person;
  find('#sell-title').textContent = person.displayName;
  amounts.clear();
  step('sell');
}

const amounts = pad(find('.pad'), (amount) => { find('#reserve').disabled = amount === 0; });

find('#search').addEventListener('submit', (event) => {
  event.preventDefault();
  trying(async () => {
    const q = event.target.elements.q.value.trim();
    const { items } = await read(`/api/v1/citizens?q=${encodeURIComponent(q)}`);
    find('#found').replaceChildren(...(items.length === 0
      ? [el('li', {}, say('counter.nobody'))]
      : items.map((person) => el('li', {},
        el('button', { type: 'button', class: 'second', onclick: () => choose(person) },
          `${person.displayName}${person.birthDate ? ` (${person.birthDate})` : ''}`)))));
  });
});

once(find('#reserve'), () => trying(async () => {
  purchase = await perform('sell', 'POST', '/api/v1/purchases',
    { walletId: resident.walletId, campaignId: campaign, amount: amounts.amount(), channel: 'COUNTER' });
  find('#reserved-amount').textContent = yen(purchase.amount);
  find('#reserved-gets').textContent = say('buy.gets', points(purchase.amount + purchase.premium));
  find('#reference').value = `till-${purchase.purchaseId.slice(-12)}`;
  step('reserved');
}));
find('#other').addEventListener('click', () => step('find'));

once(find('#paid'), () => trying(async () => {
  await perform('paid', 'POST', `/api/v1/purchases/${purchase.purchaseId}/paid`,
    { paymentReference: find('#reference').value.trim() });
  find('#issued-title').textContent = resident.displayName;
  find('#issued-text').textContent = say('counter.issued', points(purchase.amount + purchase.premium));
  purchase = null;
  step('issued');
}));
once(find('#cancel'), () => trying(async () => {
  await perform('unsell', 'POST', `/api/v1/purchases/${purchase.purchaseId}/cancel`, {});
  purchase = null;
  step('sell');
}));
find('#next').addEventListener('click', () => {
  find('#search').reset();
  find('#found').replaceChildren();
  step('find');
});

await clockIsSet();
setInterval(() => {
  if (purchase !== null) {
    find('#reserved-left').textContent =
      say('payment.left', leftOf(new Date(purchase.reservedUntil).getTime() - ledgerNow()));
  }
}, 500);
