// The ledger's time. A phone's own clock may be wrong, and a demonstration's ledger may live in another year.

let ahead = 0;
let stands = null;
let asked = null;

/** Asks the service how late it is. */
export async function setClock() {
  const before = Date.now();
  try {
    const answer = await fetch('/time', { cache: 'no-store' });
    if (!answer.ok) {
      return;
    }
    const reading = await answer.json();
    const now = new Date(reading.now).getTime();
    ahead = now - (before + Date.now()) / 2;
    stands = reading.stands ? now : null;
  } catch {
    // Without an answer the last reading is the best there is.
  }
}

/** The ledger's time in milliseconds. */
export const ledgerNow = () => stands ?? Date.now() + ahead;

/** Sets the clock once for a page, and again whenever the page comes back to sight. */
export function clockIsSet() {
  if (asked === null) {
    asked = setClock();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') {
        setClock();
      }
    });
    setInterval(setClock, 60_000);
  }
  return asked;
}
