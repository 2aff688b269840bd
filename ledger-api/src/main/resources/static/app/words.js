// What scripts say, in the page's own words, and how figures and days are written.

const words = JSON.parse(document.querySelector('meta[name="words"]').content);

export const language = document.documentElement.lang;
const english = language === 'en';
const TOKYO = 'Asia/Tokyo';
const figures = new Intl.NumberFormat('en-US');

/** The text of a key; {0}, {1} … are replaced by the values. */
export function say(key, ...values) {
  const text = words[key];
  if (text === undefined) {
    throw new Error(`no words for ${key}`);
  }
  return text.replace(/\{(\d)\}/g, (_, n) => String(values[Number(n)]));
}

export const knows = (key) => words[key] !== undefined;

export const figure = (amount) => figures.format(amount);
export const points = (amount) => say('points', figure(amount));
export const yen = (amount) => say('yen', figure(amount));

const day = new Intl.DateTimeFormat(english ? 'en-GB' : 'ja-JP', {
  timeZone: TOKYO, month: 'long', day: 'numeric',
});
const year = new Intl.DateTimeFormat('en-US', { timeZone: TOKYO, year: 'numeric' });
const era = new Intl.DateTimeFormat(english ? 'en-US-u-ca-japanese' : 'ja-JP-u-ca-japanese', {
  timeZone: TOKYO, era: 'long', year: 'numeric',
});
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: TOKYO, hour: '2-digit', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat('en-GB', {
  timeZone: TOKYO, hour: '2-digit', minute: '2-digit', second: '2-digit',
});

function eraYear(at) {
  const parts = Object.fromEntries(era.formatToParts(at).map((part) => [part.type, part.value]));
  return english ? `${parts.era} ${parts.year}` : `${parts.era}${parts.year}年`;
}

/** A day with both of its years. */
export function dayOf(instant) {
  const at = new Date(instant);
  return english
    ? `${day.format(at)} ${year.format(at)} (${eraYear(at)})`
    : `${year.format(at)}年（${eraYear(at)}）${day.format(at)}`;
}

/** The last day on which something is good that ends before the instant; with the time unless it is midnight. */
export function lastDayBefore(instant) {
  const end = new Date(instant);
  return clock.format(end) === '00:00'
    ? say('until', dayOf(end.getTime() - 1))
    : say('until', `${dayOf(end)} ${clock.format(end)}`);
}

export const timeOf = (instant) => clock.format(new Date(instant));
export const secondOf = (instant) => seconds.format(new Date(instant));
export const momentOf = (instant) => `${dayOf(instant)} ${timeOf(instant)}`;

/** Minutes and seconds that are left, never below zero. */
export function leftOf(milliseconds) {
  const left = Math.max(0, Math.ceil(milliseconds / 1000));
  return left >= 60 ? say('left.minutes', Math.floor(left / 60), left % 60) : say('left.seconds', left);
}
