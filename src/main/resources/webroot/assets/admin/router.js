import { isUnsaved, mayLeave } from './unsaved.js';

// Each history entry stores its index, so that going back can be undone.
let place = history.state?.place ?? 0;
let passing = false;
history.replaceState({ ...history.state, place }, '');

/**
 * Navigates within the admin pages. A view learns of changes to its query through the window's `route` event.
 *
 * @param options `replace` replaces the browser's history entry; `ask: false` skips the unsaved-changes prompt, for
 *     changes that cannot lose input, such as a filter stored in the address
 */
export async function navigate(url, { replace = false, ask = true } = {}) {
  if (ask && !(await mayLeave())) {
    return false;
  }
  if (replace) {
    history.replaceState({ place }, '', url);
  } else {
    history.pushState({ place: ++place }, '', url);
  }
  window.dispatchEvent(new Event('route'));
  return true;
}

window.addEventListener('popstate', async (event) => {
  const to = event.state?.place ?? 0;
  const by = to - place;
  if (passing || by === 0) {
    passing = false;
    place = to;
    window.dispatchEvent(new Event('route'));
    return;
  }
  if (!isUnsaved()) {
    place = to;
    window.dispatchEvent(new Event('route'));
    return;
  }
  // the browser has already navigated: go back, ask, then repeat the navigation
  place = to;
  passing = true;
  history.go(-by);
  if (await mayLeave()) {
    passing = true;
    history.go(by);
  }
});
