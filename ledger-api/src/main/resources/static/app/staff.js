// The city's own figures: how much of the campaign is left, and whether the books balance.

import { read } from './api.js';
import { complain, el, find } from './dom.js';
import { figure, momentOf, points, say } from './words.js';

const { campaign, books } = find('main').dataset;
const cell = (amount) => el('td', { class: 'figure' }, amount === 0 ? '' : figure(amount));

async function showCampaign() {
  const it = await read(`/api/v1/campaigns/${campaign}`);
  find('#campaign-name').textContent = `${it.name} ${say(`campaign.${it.state}`)}`;
  const meter = find('#campaign-meter');
  meter.max = it.premiumBudget;
  meter.value = it.premiumRemaining;
  meter.textContent = points(it.premiumRemaining);
  find('#campaign-figures').replaceChildren(
    ...['premiumBudget', 'premiumIssued', 'premiumReserved', 'premiumRemaining'].map((name) => el(
      'div', {}, el('dt', {}, say(`staff.${name}`)), el('dd', { class: 'figure' }, points(it[name])))),
  );
  find('#gauge').hidden = false;
}

async function showBooks() {
  const it = await read('/api/v1/books/trial-balance');
  find('#books tbody').replaceChildren(...it.accounts.map((account) => el(
    'tr', {}, el('th', { scope: 'row' }, account.code), el('td', {}, account.name), cell(account.debit), cell(account.credit))));
  find('#books tfoot').replaceChildren(el(
    'tr', {}, el('th', { scope: 'row', colspan: '2' }, say('staff.total')), cell(it.totalDebit), cell(it.totalCredit)));
  find('#books-state').textContent = it.difference === 0
    ? say('staff.balanced', momentOf(it.asOf))
    : say('staff.unbalanced', figure(it.difference));
}

const fail = (e) => complain(find('#problem'), e.message);
if (campaign !== '') {
  showCampaign().catch(fail);
}
if (books === 'true') {
  showBooks().catch(fail);
}
