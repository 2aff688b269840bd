// The poster's name and its printing.

import { read } from './api.js';
import { find } from './dom.js';

const { merchant } = find('main').dataset;
find('#print').addEventListener('click', () => print());
read(`/api/v1/merchants/${merchant}`).then((store) => {
  find('#store-name').textContent = store.name ?? store.merchantName;
}).catch(() => {});
