// Keeps a page true. A message only says that something happened; what it is, is read anew. So a lost message costs
// seconds and never a payment.

const NAMES = ['message', 'payment', 'proposal', 'outcome', 'proposed', 'captured', 'declined', 'expired', 'reversed'];
const AGAIN = 3000;

/**
 * Calls {@code reread} at once, on each message, on each new connection, when the page comes back to sight, and every
 * {@code every} milliseconds. {@code onLink} is told whether the connection stands.
 */
export function watch(reread, every, onLink = () => {}) {
  let source = null;
  let closed = false;
  let reading = false;
  let wanted = false;
  let answers = true;

  const tell = () => closed || onLink(answers && source?.readyState === EventSource.OPEN);

  async function refresh() {
    wanted = true;
    if (reading) {
      return;
    }
    reading = true;
    while (wanted && !closed) {
      wanted = false;
      try {
        await reread();
        answers = true;
      } catch {
        answers = false;
      }
      tell();
    }
    reading = false;
  }

  function connect() {
    if (closed) {
      return;
    }
    source = new EventSource('/api/v1/payments/stream');
    source.addEventListener('open', () => {
      tell();
      refresh();
    });
    for (const name of NAMES) {
      source.addEventListener(name, refresh);
    }
    source.addEventListener('error', () => {
      tell();
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(connect, AGAIN);
      }
    });
  }

  const seen = () => document.visibilityState === 'visible' && refresh();
  const timer = setInterval(refresh, every);
  document.addEventListener('visibilitychange', seen);
  addEventListener('online', refresh);
  addEventListener('pagehide', () => source?.close());
  addEventListener('pageshow', (event) => event.persisted && connect());
  connect();
  refresh();
  return {
    refresh,
    stop() {
      closed = true;
      source?.close();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    },
  };
}
