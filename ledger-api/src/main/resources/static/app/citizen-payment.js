// Follows one payment on a citizen's screen, from the proposal to its end.

import { read } from './api.js';
import { clockIsSet } from './clock.js';
import { el } from './dom.js';
import { watch } from './live.js';
import { paymentCard } from './payment-card.js';
import { buzz, sound } from './sound.js';
import { points, say } from './words.js';

const EVERY = 2500;

/** Shows the payment in a place of the page, and stays with it until it has ended. */
export async function follow(place, payment, wallet) {
  await clockIsSet();
  const problem = el('p', { class: 'note wait', role: 'status' });
  const rest = el('p', { class: 'usable', role: 'status' });
  const home = el('a', { class: 'button second', href: '/wallet' }, say('home'));
  let celebrated = payment.state !== 'PROPOSED';

  async function after(ended) {
    live.stop();
    problem.textContent = '';
    place.append(home);
    if (ended.state === 'CAPTURED') {
      const { available } = await read(`/api/v1/wallets/${wallet}`);
      rest.textContent = say('payment.rest', points(available));
    }
  }

  function take(newer) {
    card.show(newer);
    const now = card.payment();
    if (now.state === 'PROPOSED') {
      return;
    }
    if (!celebrated) {
      celebrated = true;
      if (now.state === 'CAPTURED') {
        sound('paid');
        buzz([200, 100, 200]);
      } else {
        sound('over');
        buzz(400);
      }
      card.focus();
    }
    after(now).catch(() => {});
  }

  const card = paymentCard(payment, 'CITIZEN', (answered) => (answered ? take(answered) : live.refresh()));
  place.replaceChildren(card.element, rest, problem);
  place.hidden = false;
  const live = watch(
    async () => take(await read(`/api/v1/payments/${payment.paymentId}`)),
    EVERY,
    (on) => { problem.textContent = on ? '' : say('link.lost'); },
  );
  card.focus();
  scrollTo(0, 0);
  return card;
}

/** The open proposals of a wallet, newest first, from its own history. */
export async function openProposals(wallet) {
  const { items } = await read(`/api/v1/wallets/${wallet}/entries?limit=20`);
  const answered = new Set(items.filter((e) => e.paymentId && e.type !== 'PROPOSED').map((e) => e.paymentId));
  const open = items.filter((e) => e.type === 'PROPOSED' && !answered.has(e.paymentId)).slice(0, 3);
  const payments = await Promise.all(open.map((e) => read(`/api/v1/payments/${e.paymentId}`)));
  return payments.filter((p) => p.state === 'PROPOSED');
}

