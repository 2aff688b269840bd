// What has come into the wallet and gone out of it, newest first.

import { read } from './api.js';
import { complain, el, find, once } from './dom.js';
import { knows, momentOf, points, say } from './words.js';

const { wallet } = find('main').dataset;
const list = find('#entries');
const more = find('#more');
const COMES = new Set(['ISSUED', 'AWARDED', 'REVERSED']);
const GOES = new Set(['PAID', 'LAPSED', 'REVOKED', 'VOIDED']);

const ended = new Set();
let next = null;

function sign(type) {
  if (COMES.has(type)) {
    return '＋';
  }
  return GOES.has(type) ? '−' : '';
}

function line(entry) {
  const words = knows(`entry.${entry.type}`) ? say(`entry.${entry.type}`) : entry.type;
  const inside = [
    el('span', {}, words, el('br'), el('time', { class: 'soft', datetime: entry.at }, momentOf(entry.at))),
    el('strong', { class: 'figure' }, sign(entry.type) + points(entry.amount)),
  ];
  return el('li', {}, ...(entry.paymentId
    ? [el('a', { href: `/wallet/payments/${entry.paymentId}` }, ...inside)]
    : inside));
}

async function load() {
  complain(find('#problem'), '');
  try {
    const page = await read(
      `/api/v1/wallets/${wallet}/entries?limit=30${next ? `&cursor=${encodeURIComponent(next)}` : ''}`);
    // How a payment ended says all that its beginning said.
    page.items.filter((entry) => entry.type !== 'PROPOSED' && entry.paymentId).forEach((entry) => ended.add(entry.paymentId));
    list.append(...page.items.filter((entry) => entry.type !== 'PROPOSED' || !ended.has(entry.paymentId)).map(line));
    next = page.next ?? null;
    more.hidden = next === null;
    find('#none').hidden = list.childElementCount > 0;
  } catch (e) {
    complain(find('#problem'), e.message);
  }
  list.setAttribute('aria-busy', 'false');
}

once(more, load);
load();
