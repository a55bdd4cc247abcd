// The audit page's filters, kept in its address.

/** Which entries to show, with the value of the API's parameter. */
export const SHOWN = { all: null, changes: false, failed: true };

/** Filters by a single value, set from an entry. */
export const CHOSEN = ['by', 'target', 'address'];

const NARROWING = ['show', 'action', ...CHOSEN];

/** All values are strings; an empty one means no filter. */
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

/** The API's query parameters. */
export function queryOf({ show, ...filters }) {
  const given = Object.entries(filters).filter(([, value]) => value !== '');
  return { failed: SHOWN[show], ...Object.fromEntries(given) };
}
