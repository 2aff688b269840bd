// Small hands for the page. Everything that is shown goes through textContent.

export const find = (selector, within = document) => within.querySelector(selector);

/** An element with attributes, listeners (on…) and children; a text is a text and never markup. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Says something to a screen reader that others can see for themselves. */
export function announce(text) {
  find('#announce').textContent = text;
}

/** Shows a problem where it belongs, or takes it away. */
export function complain(place, text) {
  place.textContent = text;
  place.hidden = text === '';
}

/** An amount with its unit in smaller letters, so that a large one stays on one line. */
export function showAmount(place, text) {
  const [, figures, unit] = /^([\d,]*)(.*)$/.exec(text);
  place.replaceChildren(figures, el('small', {}, unit));
}

/** Runs a button's work once at a time. */
export function once(button, work) {
  let busy = false;
  button.addEventListener('click', async () => {
    if (busy) {
      return;
    }
    busy = true;
    button.setAttribute('aria-busy', 'true');
    try {
      await work();
    } finally {
      busy = false;
      button.removeAttribute('aria-busy');
    }
  });
}
