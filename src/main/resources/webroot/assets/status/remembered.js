// The page's state: folded groups and the period are stored in the browser; the search is kept in the address, so that
// a view can be shared.
import { PERIODS } from '../lib/cells.js';

const KEY = 'board';

/** `{folded: Set of group names, period}`; `save()` stores them if storage is available. */
export function remembered() {
  let saved = {};
  try {
    saved = JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    // missing or invalid
  }
  return {
    folded: new Set(Array.isArray(saved.folded) ? saved.folded : []),
    period: saved.period in PERIODS ? saved.period : 'quarter',
    save() {
      try {
        localStorage.setItem(KEY, JSON.stringify({ folded: [...this.folded], period: this.period }));
      } catch {
        // without storage, it applies to this page only
      }
    },
  };
}

/** The values of the status filter, by their word in the address, and the states to request; null for all. */
export const STATES = {
  all: null,
  'not-up': ['down', 'unknown', 'paused'],
  up: ['up'],
  down: ['down'],
  unknown: ['unknown'],
  paused: ['paused'],
};

/** No filter. */
export const ALL = { q: '', show: 'all' };

/** The filter in the page's address: `{q, show}`, the latter a key of {@link STATES}. */
export function sharedFilter() {
  const query = new URLSearchParams(location.search);
  const show = query.get('status') ?? query.get('show'); // `show` is the former name, kept for existing links
  return { q: (query.get('q') ?? '').slice(0, 200), show: Object.hasOwn(STATES, show) ? show : 'all' };
}

/** Link to this page with a status filter. */
export const shownAddress = (show) => `?status=${show}`;

/** @param step whether to add a history entry, so that "back" restores the previous filter */
export function showFilter({ q, show }, step = false) {
  const url = new URL(location.href);
  const values = { q: q || null, status: show === 'all' ? null : show, show: null };
  for (const [name, value] of Object.entries(values)) {
    if (value === null) {
      url.searchParams.delete(name);
    } else {
      url.searchParams.set(name, value);
    }
  }
  if (step) {
    history.pushState(null, '', url);
  } else {
    history.replaceState(null, '', url);
  }
}
