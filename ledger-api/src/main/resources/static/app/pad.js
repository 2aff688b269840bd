// The amount pad: whole numbers up to seven digits, by thumb or keyboard.

import { find } from './dom.js';
import { points, yen } from './words.js';

const LARGEST = 9_999_999;

/** Brings a pad to life; {@code onChange} gets each new amount. */
export function pad(part, onChange) {
  const shown = find('output', part);
  const print = part.dataset.unit === 'yen' ? yen : points;
  let amount = 0;

  function show(next) {
    amount = next;
    shown.textContent = print(amount);
    onChange(amount);
  }

  function press(key) {
    if (key === 'back') {
      show(Math.floor(amount / 10));
      return;
    }
    const next = Number(`${amount}${key}`);
    if (next <= LARGEST) {
      show(next);
    }
  }

  part.addEventListener('click', (event) => {
    const key = event.target.closest('button')?.dataset.digit;
    if (key !== undefined) {
      press(key);
    }
  });
  document.addEventListener('keydown', (event) => {
    if (part.offsetParent === null || event.target.matches('input') || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (/^[0-9]$/.test(event.key)) {
      press(event.key);
    } else if (event.key === 'Backspace') {
      press('back');
    }
  });
  show(0);
  return { amount: () => amount, clear: () => show(0) };
}
