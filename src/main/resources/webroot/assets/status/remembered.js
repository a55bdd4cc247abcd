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

/** The filter that the page's address names. */
export function sharedFilter() {
  const query = new URLSearchParams(location.search);
  return { q: (query.get('q') ?? '').slice(0, 200), notUp: query.get('show') === 'not-up' };
}

export function showFilter({ q, notUp }) {
  const url = new URL(location.href);
  const values = { q: q || null, show: notUp ? 'not-up' : null };
  for (const [name, value] of Object.entries(values)) {
    if (value === null) {
      url.searchParams.delete(name);
    } else {
      url.searchParams.set(name, value);
    }
  }
  history.replaceState(null, '', url);
}
