// Buying points: a reservation here, the payment itself at the card provider.

import { perform, read } from './api.js';
import { clockIsSet, ledgerNow } from './clock.js';
import { complain, find, once } from './dom.js';
import { figure, leftOf, momentOf, points, say, yen } from './words.js';

const { wallet } = find('main').dataset;
const sale = find('#sale');
const problem = find('#problem');
const SOON = 2000;

let reserved = null;

function showGauge(campaign) {
  find('#gauge').textContent = campaign.state === 'ON_SALE'
    ? say('buy.gauge', figure(campaign.unitsRemaining))
    : say(`campaign.${campaign.state}`);
}

function showReserved(purchase) {
  reserved = purchase;
  find('#order').hidden = true;
  find('#reserved').hidden = false;
  find('#reserved-amount').textContent = yen(purchase.amount);
  find('#reserved-until').textContent = say('buy.until', momentOf(purchase.reservedUntil));
  find('#reserved-title').focus();
}

async function follow() {
  if (reserved === null) {
    return;
  }
  const left = new Date(reserved.reservedUntil).getTime() - ledgerNow();
  find('#reserved-left').textContent = left > 0 ? say('payment.left', leftOf(left)) : say('buy.lapsed');
  const { state } = await read(`/api/v1/purchases/${reserved.purchaseId}`);
  if (state === 'ISSUED') {
    location.assign('/wallet');
  }
}

if (sale !== null) {
  const { campaign } = sale.dataset;
  const [unit, premium, left] = ['unit', 'premium', 'left'].map((name) => Number(sale.dataset[name]));
  await clockIsSet();
  read(`/api/v1/campaigns/${campaign}`).then(showGauge).catch((e) => { find('#gauge').textContent = e.message; });
  if (left >= unit) {
    let amount = Math.floor(left / unit) * unit;
    const show = () => {
      find('#amount').textContent = yen(amount);
      find('#gets').textContent = say('buy.gets', points(amount + (amount / unit) * premium));
      find('#less').disabled = amount <= unit;
      find('#more').disabled = amount + unit > left;
    };
    find('#less').addEventListener('click', () => { amount -= unit; show(); });
    find('#more').addEventListener('click', () => { amount += unit; show(); });
    show();
    once(find('#reserve'), async () => {
      complain(problem, '');
      try {
        showReserved(await perform('buy', 'POST', '/api/v1/purchases',
          { walletId: wallet, campaignId: campaign, amount, channel: 'CARD' }));
        setInterval(() => follow().catch(() => {}), SOON);
      } catch (e) {
        complain(problem, e.message);
      }
    });
    once(find('#cancel'), async () => {
      try {
        await perform('unbuy', 'POST', `/api/v1/purchases/${reserved.purchaseId}/cancel`, {});
        location.reload();
      } catch (e) {
        find('#reserved-left').textContent = e.message;
      }
    });
  }
}
