// One payment as one side sees it: what is asked, how long there is, and how it ended.

import { perform, Unknown } from './api.js';
import { ledgerNow } from './clock.js';
import { announce, complain, el } from './dom.js';
import { knows, leftOf, momentOf, say, secondOf, yen } from './words.js';

const OPEN = 'PROPOSED';

/** Past its end a proposal is over, whether or not anybody has written it down yet. */
export function stateOf(payment) {
  return payment.state === OPEN && ledgerNow() >= new Date(payment.expiresAt).getTime() ? 'EXPIRED' : payment.state;
}

export const isOpen = (payment) => stateOf(payment) === OPEN;

/** Waits for this side, waits for the other, or how it ended. */
function moodOf(payment, side) {
  const state = stateOf(payment);
  if (state === OPEN) {
    return payment.awaiting === side ? 'ask' : 'wait';
  }
  return state;
}

function storeLines(payment) {
  return [
    el('p', { class: 'store-name' }, payment.merchantName ?? ''),
    payment.storeClass ? el('p', {}, say(`class.${payment.storeClass}`)) : null,
  ];
}

/**
 * A card that can be shown newer states of its payment.
 *
 * @param side CITIZEN or STORE, whoever looks
 * @param onAnswered told the newer payment when this side has answered it
 */
export function paymentCard(first, side, onAnswered) {
  const card = el('article', { class: 'card', 'data-payment': first.paymentId });
  let payment = first;
  let mood = null;
  let fresh = false;
  let ticking = null;
  let left = null;
  let life = null;
  let alive = null;
  const began = ledgerNow();

  const fill = (...lines) => card.replaceChildren(...lines.filter((line) => line !== null));

  async function answer(verb, button) {
    const problem = card.querySelector('.note.bad');
    complain(problem, '');
    card.setAttribute('aria-busy', 'true');
    button.disabled = true;
    try {
      const answered = await perform(
        `${verb}:${payment.paymentId}`, 'POST', `/api/v1/payments/${payment.paymentId}/${verb}`, {});
      fresh = true;
      onAnswered({ ...payment, ...answered });
    } catch (e) {
      complain(problem, e.message);
      button.disabled = false;
      if (!(e instanceof Unknown)) {
        onAnswered(null);
      }
    } finally {
      card.removeAttribute('aria-busy');
    }
  }

  function button(verb, text, look) {
    const it = el('button', { type: 'button', class: look, 'data-verb': verb }, text);
    it.addEventListener('click', () => answer(verb, it));
    return it;
  }

  function timeLeft() {
    left = el('p', { class: 'left', role: 'timer' });
    life = el('progress', { max: '100', 'aria-hidden': 'true' });
    return [life, left];
  }

  function open(heading) {
    card.className = 'card wait';
    fill(
      el('h2', { tabindex: '-1' }, heading),
      ...(side === 'CITIZEN' ? storeLines(payment) : []),
      el('p', { class: 'amount' }, yen(payment.amount)),
      payment.duplicateWarning ? el('p', { class: 'note warn' }, say('payment.duplicate')) : null,
      ...timeLeft(),
      el('p', { class: 'note bad', role: 'alert', hidden: true }),
      mood === 'ask' ? button('confirm', say(`${side}.ok`), 'big') : null,
      button('decline', say(mood === 'ask' ? `${side}.no` : `${side}.withdraw`), 'second'),
    );
  }

  function ended() {
    const done = payment.state === 'CAPTURED';
    const key = knows(`${side}.${mood}`) ? mood : 'OTHER';
    card.className = done ? 'card done' : 'card over';
    alive = done && fresh ? el('p', { class: 'alive' }) : null;
    const at = payment.capturedAt ?? payment.closedAt ?? null;
    fill(
      el('p', { class: 'mark', 'aria-hidden': 'true' }, done ? '✓' : '✕'),
      el('h2', { tabindex: '-1' }, say(`${side}.${key}`)),
      el('p', { class: 'amount' }, yen(payment.amount)),
      side === 'CITIZEN' ? el('p', { class: 'store-name' }, payment.merchantName ?? '') : null,
      done ? null : el('p', {}, say(`${side}.nothing`)),
      alive,
      done && at ? el('p', {}, momentOf(at)) : null,
    );
  }

  function tick() {
    if (moodOf(payment, side) !== mood) {
      show(payment);
    }
    if (mood === 'ask' || mood === 'wait') {
      const end = new Date(payment.expiresAt).getTime();
      const start = payment.proposedAt ? new Date(payment.proposedAt).getTime() : began;
      left.textContent = say('payment.left', leftOf(end - ledgerNow()));
      life.value = Math.max(0, Math.min(100, (100 * (end - ledgerNow())) / Math.max(1, end - start)));
    } else if (alive !== null) {
      alive.textContent = secondOf(ledgerNow());
    }
  }

  /** Shows a newer state. What ends while one looks is fresh, and is told aloud. */
  function show(newer) {
    payment = { ...payment, ...newer };
    const next = moodOf(payment, side);
    if (next === mood) {
      return;
    }
    fresh ||= mood === 'ask' || mood === 'wait';
    mood = next;
    if (mood === 'ask' || mood === 'wait') {
      open(say(`${side}.${mood}`));
    } else {
      ended();
    }
    announce(`${card.querySelector('h2').textContent} ${yen(payment.amount)}`);
    tick();
    ticking ??= setInterval(tick, 500);
  }

  show(first);
  return {
    element: card,
    show,
    payment: () => payment,
    mood: () => mood,
    focus: () => card.querySelector('h2').focus(),
    end: () => clearInterval(ticking),
  };
}
