// What every page has: the way out, and amends for pages a phone kept from an earlier sign-in.

import { session } from './api.js';
import { announce, find, once } from './dom.js';

const signOut = find('#sign-out');
if (signOut !== null) {
  once(signOut, async () => {
    try {
      await session('DELETE');
      sessionStorage.clear();
      location.replace('/');
    } catch (e) {
      announce(e.message);
    }
  });
}
addEventListener('pageshow', (event) => event.persisted && location.reload());
