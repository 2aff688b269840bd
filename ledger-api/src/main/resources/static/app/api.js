// Talks to the API. What changes something has a key that lives until its answer is known, so that nothing happens twice
// and nothing is lost, whatever the network does.

import { language, say } from './words.js';

const PATIENCE = 12_000;
const GIVE_UP = 45_000;
/** After this without a trace, a request has not happened and never will: the service's own deadline is 10 s. */
const FINAL = 11_000;
const STORE = 'hashimo-order:';

/** The service said no; nothing has happened. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? say('problem.unknown'));
    this.status = status;
    this.problem = problem;
    this.slug = (problem.type ?? '').split('/').pop();
  }
}

/** Nobody can say yet what became of it; asking again is safe. */
export class Unknown extends Error {
  constructor() {
    super(say('problem.unreachable'));
  }
}

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

function csrf() {
  const cookie = document.cookie.split('; ').find((one) => one.startsWith('XSRF-TOKEN='));
  return cookie === undefined ? '' : decodeURIComponent(cookie.slice('XSRF-TOKEN='.length));
}

function newKey() {
  if (crypto.randomUUID) {
    return crypto.randomUUID();
  }
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function call(method, path, body, headers) {
  const answer = await fetch(path, {
    method,
    headers: {
      Accept: 'application/json',
      'Accept-Language': language,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method === 'GET' ? {} : { 'X-XSRF-TOKEN': csrf() }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE),
    cache: 'no-store',
  });
  const text = await answer.text();
  const content = text === '' ? {} : JSON.parse(text);
  if (answer.ok) {
    return { status: answer.status, body: content };
  }
  throw new Refused(answer.status, content);
}

function toTheDoor() {
  const here = location.pathname + location.search;
  location.assign(`/login?to=${encodeURIComponent(here)}`);
}

/** Reads; a lost connection is an {@link Unknown}. */
export async function read(path) {
  try {
    return (await call('GET', path)).body;
  } catch (e) {
    if (e instanceof Refused) {
      if (e.status === 401) {
        toTheDoor();
      }
      throw e;
    }
    throw new Unknown();
  }
}

/** Signs in or out; no key, and a refusal leads nowhere. */
export async function session(method, body) {
  try {
    return (await call(method, '/api/v1/sessions', body)).body;
  } catch (e) {
    throw e instanceof Refused ? e : new Unknown();
  }
}

/** The order that was given under an intent and whose answer has not arrived, or null. */
export function unfinished(intent) {
  const kept = sessionStorage.getItem(STORE + intent);
  return kept === null ? null : JSON.parse(kept);
}

function keep(intent, order) {
  sessionStorage.setItem(STORE + intent, JSON.stringify(order));
}

function drop(intent) {
  sessionStorage.removeItem(STORE + intent);
}

/** What became of an order: its answer, or null if it has left no trace so far. */
async function lookUp(order) {
  try {
    const { body } = await call('GET', `/api/v1/requests/${encodeURIComponent(order.key)}`);
    return body.state === 'DONE' ? { status: body.status, body: body.body } : undefined;
  } catch (e) {
    if (e instanceof Refused && e.status === 404) {
      return null;
    }
    if (e instanceof Refused && e.status === 401) {
      toTheDoor();
    }
    return undefined;
  }
}

/** Waits until an order of long ago is known to have happened or not; null if it has not. */
export async function settle(intent) {
  const order = unfinished(intent);
  if (order === null) {
    return null;
  }
  const began = Date.now();
  while (Date.now() - began < GIVE_UP) {
    const found = await lookUp(order);
    if (found) {
      drop(intent);
      return found.body;
    }
    if (found === null && Date.now() - order.sentAt > FINAL) {
      drop(intent);
      return null;
    }
    await pause(1000);
  }
  throw new Unknown();
}

const mayPass = (e) => e.status === 503 || e.status === 429 || e.status === 500;

/**
 * Changes something. Pressing again after a lost answer sends the same key, so that the first effect is found instead of
 * a second one made. An order with other content waits until the earlier one is known.
 */
export async function perform(intent, method, path, body) {
  const asked = JSON.stringify([method, path, body]);
  const earlier = unfinished(intent);
  if (earlier !== null && earlier.asked !== asked) {
    const happened = await settle(intent);
    if (happened !== null) {
      return happened;
    }
  }
  const order = unfinished(intent) ?? { key: newKey(), asked, sentAt: Date.now() };
  const began = Date.now();
  let wait = 500;
  while (Date.now() - began < GIVE_UP) {
    try {
      order.sentAt = Date.now();
      keep(intent, order);
      const answer = await call(method, path, body, { 'Idempotency-Key': order.key });
      if (answer.status !== 202 || answer.body.state !== 'PENDING') {
        drop(intent);
        return answer.body;
      }
    } catch (e) {
      if (e instanceof Refused && !mayPass(e)) {
        drop(intent);
        if (e.status === 401) {
          toTheDoor();
        }
        throw e;
      }
    }
    await pause(wait);
    wait = Math.min(wait * 2, 4000);
    const found = await lookUp(order);
    if (found) {
      drop(intent);
      return found.body;
    }
  }
  throw new Unknown();
}
