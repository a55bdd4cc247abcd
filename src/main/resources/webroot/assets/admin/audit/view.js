// What the audit page shows, as its address has it.

/** Which entries, and the API's parameter for that. */
export const SHOWN = { all: null, changes: false, failed: true };

/** Filters by one value, which is chosen in an entry. */
export const CHOSEN = ['by', 'target', 'address'];

const NARROWING = ['show', 'action', ...CHOSEN];

/** All values are texts; empty for no filter. */
export function readView() {
  const given = new URLSearchParams(location.search);
  const view = Object.fromEntries(NARROWING.map((name) => [name, given.get(name) ?? '']));
  return { ...view, show: Object.hasOwn(SHOWN, view.show) ? view.show : 'all' };
}

export function viewAddress(view) {
  const query = new URLSearchParams(NARROWING.map((name) => [name, view[name]]).filter(([name, value]) => value && !(name === 'show' && value === 'all')));
  return location.pathname + (query.size ? `?${query}` : '');
}

export const narrows = (view) => viewAddress(view) !== location.pathname;

/** The parameters of the API. */
export function queryOf({ show, ...filters }) {
  const given = Object.entries(filters).filter(([, value]) => value !== '');
  return { failed: SHOWN[show], ...Object.fromEntries(given) };
}
