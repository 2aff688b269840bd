// The till: rings for each payment that waits, and shows at once when the store is paid.

import { perform, read } from './api.js';
import { clockIsSet, ledgerNow } from './clock.js';
import { complain, el, find } from './dom.js';
import { watch } from './live.js';
import { pad } from './pad.js';
import { isOpen, paymentCard, stateOf } from './payment-card.js';
import { scanner } from './scan.js';
import { buzz, canSound, sound, speak, wakeSound } from './sound.js';
import { say, timeOf, yen } from './words.js';

const { merchant } = find('main').dataset;
const EVERY = 5000;
const RING_AGAIN = 6000;
/** So long an ended payment stays among the waiting, for whoever looks up late. */
const STAYS = 45_000;
const TITLE = document.title;

const cards = new Map();
const heard = new Set();
let first = true;

// Sound and voice, each only if the shopkeeper wants it.

const bell = find('#bell');
const voice = find('#voice');
const wants = (name) => localStorage.getItem(`hashimo-${name}`) === 'on';

function showBells() {
  bell.setAttribute('aria-pressed', String(wants('bell') && canSound()));
  bell.classList.toggle('bell-off', wants('bell') && !canSound());
  bell.textContent = say(wants('bell') && !canSound() ? 'till.bell.asleep' : 'till.bell');
  voice.setAttribute('aria-pressed', String(wants('voice')));
}

bell.addEventListener('click', async () => {
  const on = !(wants('bell') && canSound());
  localStorage.setItem('hashimo-bell', on ? 'on' : 'off');
  if (on) {
    await wakeSound();
    sound('ring');
  }
  showBells();
});
voice.addEventListener('click', () => {
  localStorage.setItem('hashimo-voice', wants('voice') ? 'off' : 'on');
  showBells();
  if (wants('voice')) {
    speak(say('till.voice.try'));
  }
});
document.addEventListener('pointerdown', () => {
  if (wants('bell')) {
    wakeSound().then(showBells).catch(() => {});
  }
});

function tell(tune, words) {
  if (wants('bell')) {
    sound(tune);
    buzz(tune === 'ring' ? [300, 150, 300] : [200, 100, 200]);
  }
  if (wants('voice')) {
    speak(words);
  }
}

// The list.

const waiting = find('#waiting');
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' });
const toDay = (milliseconds) => day.format(new Date(milliseconds));

async function paymentsOf(date) {
  const { items } = await read(`/api/v1/merchants/${merchant}/payments?date=${date}&limit=200`);
  return items;
}

/** Payments of today, and for the first minutes of a day those that began before midnight. */
async function payments() {
  const now = ledgerNow();
  const earlier = toDay(now - 300_000);
  const today = await paymentsOf(toDay(now));
  return { today, all: earlier === toDay(now) ? today : [...today, ...await paymentsOf(earlier)] };
}

function cardOf(payment) {
  let card = cards.get(payment.paymentId);
  if (card === undefined) {
    const item = el('li');
    card = paymentCard(payment, 'STORE', (answered) => (answered ? take(answered) : live.refresh()));
    item.append(card.element);
    waiting.prepend(item);
    cards.set(payment.paymentId, card);
  }
  return card;
}

function remove(id) {
  const card = cards.get(id);
  card.end();
  card.element.parentElement.remove();
  cards.delete(id);
}

/** Shows what is newly known of a payment, and rings once for each thing that happened. */
function take(payment) {
  if (!isOpen(payment) && !cards.has(payment.paymentId)) {
    return;
  }
  const card = cardOf(payment);
  card.show(payment);
  const now = card.payment();
  const asks = now.awaiting === 'STORE';
  const sign = `${now.paymentId} ${stateOf(now)}`;
  if (!heard.has(sign)) {
    heard.add(sign);
    if (isOpen(now) && asks) {
      tell('ring', say('till.say.ask', yen(now.amount)));
    } else if (now.state === 'CAPTURED') {
      tell('paid', say('till.say.paid', yen(now.amount)));
    } else if (!isOpen(now)) {
      tell('over', say('till.say.over', yen(now.amount)));
    }
  }
  if (!isOpen(now)) {
    setTimeout(() => cards.has(now.paymentId) && remove(now.paymentId), STAYS);
  }
  count();
}

function count() {
  const asked = [...cards.values()].filter((card) => card.mood() === 'ask').length;
  document.title = asked > 0 ? `(${asked}) ${TITLE}` : TITLE;
  find('#nothing').hidden = cards.size > 0;
}

function showSales(today) {
  const sold = today.filter((payment) => payment.state === 'CAPTURED');
  const total = sold.reduce((sum, payment) => sum + payment.amount - (payment.reversed ?? 0), 0);
  find('#sales-total').textContent = say('till.total', yen(total), sold.length);
  find('#sales').replaceChildren(...sold.slice(0, 50).map((payment) => el(
    'li', {},
    el('span', {}, timeOf(payment.capturedAt ?? payment.closedAt ?? payment.proposedAt)),
    el('strong', { class: 'figure' }, yen(payment.amount)),
  )));
}

async function reread() {
  const { today, all } = await payments();
  all.forEach(take);
  showSales(today);
  if (first) {
    first = false;
    count();
  }
}

setInterval(() => {
  count();
  if ([...cards.values()].some((card) => card.mood() === 'ask') && wants('bell')) {
    sound('ring');
  }
}, RING_AGAIN);

// Reading the customer's code.

const part = find('#scan');
const problem = find('#scan-problem');
const code = find('#scan-code');
const eyes = scanner(find('.scanner', part), propose);
const amounts = pad(find('.pad', part), () => complain(problem, ''));

async function propose(text) {
  complain(problem, '');
  if (amounts.amount() === 0) {
    complain(problem, say('till.amount.first'));
    eyes.open();
    return;
  }
  try {
    const payment = await perform('scan', 'POST', '/api/v1/payments',
      { mode: 'STORE_SCAN', code: text.trim(), amount: amounts.amount() });
    closeScan();
    take(payment);
    cardOf(payment).focus();
    live.refresh();
  } catch (e) {
    complain(problem, e.message);
    eyes.open();
  }
  code.value = '';
}

function closeScan() {
  eyes.stop();
  part.hidden = true;
  find('#scan-open').hidden = false;
  amounts.clear();
  complain(problem, '');
}

find('#scan-open').addEventListener('click', () => {
  part.hidden = false;
  find('#scan-open').hidden = true;
  eyes.open();
});
find('#scan-close').addEventListener('click', closeScan);
find('#scan-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (code.value.trim() !== '') {
    propose(code.value);
  }
});

await clockIsSet();
showBells();
read(`/api/v1/merchants/${merchant}`).then((store) => {
  find('#store-name').textContent = store.name ?? store.merchantName;
}).catch(() => {});
const link = find('#link');
const live = watch(reread, EVERY, (on) => {
  const state = on ? 'on' : 'off';
  if (link.dataset.state !== state) {
    link.dataset.state = state;
    link.textContent = say(on ? 'till.linked' : 'link.lost');
  }
});
