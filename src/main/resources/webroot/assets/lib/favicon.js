// The favicon shows the state by shape and colour.
import { get } from './api.js';

const AGAIN_MS = 60_000;

const SIGNS = {
  up: '<circle cx="16" cy="16" r="15" fill="#15803d"/><path d="M9 16.5l5 5 9-10.5" stroke="#fff"/>',
  down: '<path d="M10 1h12l9 9v12l-9 9H10l-9-9V10z" fill="#bd1f2d"/><path d="M11 11l10 10m0-10L11 21" stroke="#fff"/>',
  degraded: '<path d="M16 2l15 28H1z" fill="#d98a16"/><path d="M16 12v8m0 5v.1" stroke="#15191e"/>',
  unknown: '<circle cx="16" cy="16" r="15" fill="#6b7480"/><path d="M16 8v9l5 4" stroke="#fff"/>',
  lost: '<circle cx="16" cy="16" r="13" fill="none" stroke="#6b7480"/><path d="M7 25L25 7" stroke="#6b7480"/>',
};

let shown = null;

/** @param state `up`, `down`, `degraded`, `unknown`, or `lost` if the server is unreachable */
export function showIcon(state) {
  const link = document.querySelector('link[rel="icon"]');
  if (!link || state === shown) {
    return;
  }
  shown = state;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round">${SIGNS[state] ?? SIGNS.unknown}</svg>`;
  link.href = `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Keeps the icon up to date on pages that do not otherwise follow the state. */
export function followState() {
  const ask = async () => {
    if (!document.hidden) {
      try {
        showIcon((await get('/api/status', { limit: 1, fields: 'name' })).overall);
      } catch (e) {
        showIcon(e.status === 0 ? 'lost' : 'unknown');
      }
    }
  };
  ask();
  setInterval(ask, AGAIN_MS);
  document.addEventListener('visibilitychange', ask);
}
