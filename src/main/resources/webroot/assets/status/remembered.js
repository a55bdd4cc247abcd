// What the page remembers: in this browser what is folded and the period; in the address what is searched for, so that
// a view can be shared.
import { PERIODS } from '../lib/cells.js';

const KEY = 'board';

/** `{folded: Set of group names, period}`; `save()` keeps them, where the browser lets it. */
export function remembered() {
  let saved = {};
  try {
    saved = JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    // none, or not ours
  }
  return {
    folded: new Set(Array.isArray(saved.folded) ? saved.folded : []),
    period: saved.period in PERIODS ? saved.period : 'quarter',
    save() {
      try {
        localStorage.setItem(KEY, JSON.stringify({ folded: [...this.folded], period: this.period }));
      } catch {
        // it holds for this page only, then
      }
    },
  };
}

/** What can be shown, by its word in the address, and the states that the API is asked for; null for all. */
export const STATES = {
  all: null,
  'not-up': ['down', 'unknown', 'paused'],
  up: ['up'],
  down: ['down'],
  unknown: ['unknown'],
  paused: ['paused'],
};

/** Everything, unfiltered. */
export const ALL = { q: '', show: 'all' };

/** The filter that the page's address names: `{q, show}`, the latter a key of {@link STATES}. */
export function sharedFilter() {
  const query = new URLSearchParams(location.search);
  const show = query.get('status') ?? query.get('show'); // the older word, in links that were kept
  return { q: (query.get('q') ?? '').slice(0, 200), show: Object.hasOwn(STATES, show) ? show : 'all' };
}

/** The address of this page with only those shown, for a link. */
export const shownAddress = (show) => `?status=${show}`;

/** @param step whether "back" leads to the filter before this one */
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
