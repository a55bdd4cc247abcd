import { address } from '../lib/api.js';
import { isUnsaved, mayLeave } from './unsaved.js';

/** The path and element of each view; the elements are defined by their modules. */
export const ROUTES = [
  { path: address('/admin'), name: 'dashboard', tag: 'admin-dashboard', load: () => import('./dashboard.js') },
  { path: address('/admin/services'), name: 'services', tag: 'admin-services', load: () => import('./services.js') },
  { path: address('/admin/history'), name: 'history', tag: 'admin-history', load: () => import('./history.js') },
  { path: address('/admin/nodes'), name: 'nodes', tag: 'admin-nodes', load: () => import('./nodes.js') },
  { path: address('/admin/keys'), name: 'keys', tag: 'admin-keys', load: () => import('./keys.js') },
  { path: address('/admin/audit'), name: 'audit', tag: 'admin-audit', load: () => import('./audit.js') },
  { path: address('/admin/settings'), name: 'settings', tag: 'admin-settings', load: () => import('./settings.js') },
];

/** The route of the current address; the dashboard for unknown ones. */
export const currentRoute = () =>
  ROUTES.find((route) => route.path === location.pathname.replace(/\/$/, '')) ?? ROUTES[0];

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

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]');
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute('download')) {
    return;
  }
  const url = new URL(link.href);
  if (url.origin === location.origin && ROUTES.some((route) => route.path === url.pathname)) {
    event.preventDefault();
    navigate(url.href);
  }
});
