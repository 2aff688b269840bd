// Shows the citizen's code, always a living one, and asks for the OK when a store has read it.

import { perform } from './api.js';
import { follow, openProposals } from './citizen-payment.js';
import { clockIsSet, ledgerNow } from './clock.js';
import { announce, find, once } from './dom.js';
import { watch } from './live.js';
import { buzz, sound, wakeSound } from './sound.js';
import { say } from './words.js';

const { wallet } = find('main').dataset;
const image = find('#qr');
const state = find('#code-state');
const life = find('#life');
const again = find('#again');
/** A code is replaced so long before its end that a slow till still has time to read it. */
const SPARE = 15_000;
const EVERY = 3000;

let shown = null;
let making = false;

async function make() {
  if (making) {
    return;
  }
  making = true;
  try {
    const made = await perform('code', 'POST', `/api/v1/wallets/${wallet}/codes`, {});
    const until = new Date(made.validUntil).getTime();
    image.src = `/qr.svg?text=${encodeURIComponent(made.code)}`;
    image.alt = say('code.alt');
    image.hidden = false;
    again.hidden = true;
    shown = { code: made.code, from: ledgerNow(), until };
    state.textContent = say('code.renews');
  } catch (e) {
    hide();
    state.textContent = e.message;
    again.hidden = false;
  } finally {
    making = false;
  }
}

/** A code nobody looks at is not left lying on the screen. */
function hide() {
  image.hidden = true;
  image.removeAttribute('src');
  shown = null;
}

function tick() {
  if (shown === null) {
    return;
  }
  const left = shown.until - ledgerNow();
  life.value = Math.max(0, Math.min(100, (100 * left) / (shown.until - shown.from)));
  if (left < SPARE) {
    make();
  }
}

await clockIsSet();
const ticking = setInterval(tick, 1000);
once(again, async () => {
  wakeSound().catch(() => {});
  await make();
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') {
    hide();
  } else {
    make();
  }
});
document.addEventListener('pointerdown', () => wakeSound().catch(() => {}), { once: true });
await make();

const live = watch(async () => {
  const asked = (await openProposals(wallet)).find((payment) => payment.awaiting === 'CITIZEN');
  if (asked) {
    live.stop();
    clearInterval(ticking);
    hide();
    find('#show').hidden = true;
    find('.back').hidden = true;
    announce(say('CITIZEN.ask'));
    sound('ring');
    buzz([300, 100, 300]);
    history.replaceState(null, '', `/wallet/payments/${asked.paymentId}`);
    await follow(find('#waiting'), asked, wallet);
  }
}, EVERY, (on) => {
  if (shown !== null) {
    state.textContent = say(on ? 'code.renews' : 'link.lost');
  }
});
