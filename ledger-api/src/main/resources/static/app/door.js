// Signing in, and in a demonstration the logins to tap.

import { Refused, read, session } from './api.js';
import { complain, el, find } from './dom.js';
import { say } from './words.js';

const HOMES = [['CITIZEN', '/wallet'], ['STORE', '/store'], ['COUNTER', '/counter']];

async function enter(login, password, to) {
  const { roles } = await session('POST', { login, password });
  const home = HOMES.find(([role]) => roles.includes(role))?.[1] ?? '/staff';
  location.assign(to || home);
}

function explain(e) {
  return e instanceof Refused && e.status === 401 ? say('login.wrong') : e.message;
}

const form = find('#login');
if (form !== null) {
  const problem = find('#login-problem');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    complain(problem, '');
    try {
      await enter(form.elements.login.value.trim(), form.elements.password.value, form.dataset.to);
    } catch (e) {
      complain(problem, explain(e));
    }
  });
}

const demo = find('#demo-logins');

function loginButton(login) {
  const store = login.storeClass ? el('span', {}, say(`class.${login.storeClass}.short`)) : null;
  const button = el('button', { type: 'button', class: 'second' }, el('strong', {}, login.displayName), store);
  button.addEventListener('click', async () => {
    try {
      await enter(login.login, login.password, '');
    } catch (e) {
      complain(find('#demo-problem'), explain(e));
    }
  });
  return el('li', {}, button);
}

async function showDemo() {
  const { logins } = await read('/demo');
  const byRole = Map.groupBy
    ? Map.groupBy(logins, (login) => login.role)
    : logins.reduce((map, login) => map.set(login.role, [...(map.get(login.role) ?? []), login]), new Map());
  const part = (role) => [
    el('h3', {}, say(`role.${role}`)),
    el('ul', { class: 'role-list' }, ...byRole.get(role).map(loginButton)),
  ];
  const first = ['CITIZEN', 'STORE'].filter((role) => byRole.has(role));
  const staff = [...byRole.keys()].filter((role) => !first.includes(role));
  demo.replaceChildren(
    el('p', { class: 'note bad', role: 'alert', id: 'demo-problem', hidden: true }),
    ...first.flatMap(part),
    el('details', {}, el('summary', {}, say('demo.staff')), ...staff.flatMap(part)),
  );
}

if (demo !== null) {
  showDemo().catch((e) => { demo.textContent = e.message; });
}
