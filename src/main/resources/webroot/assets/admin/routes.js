import { address } from '../lib/api.js';
import { navigate } from './router.js';

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
