// The table's view is kept in its address, so it can be bookmarked, shared and navigated back to.

const PARTS = ['q', 'status', 'group', 'label', 'warnings', 'sort'];
export const STATES = ['up', 'down', 'unknown', 'paused'];
export const SORTS = ['status', 'name', 'group', 'responseTime', 'lastChecked'];

/** A term of the server's label selector: `key=value`, `key!=value`, `key` or `!key`. */
const LABEL = /^(!?[A-Za-z0-9._/-]{1,63}|[A-Za-z0-9._/-]{1,63}!?=.*)$/;

const ALL = { q: '', status: null, group: null, label: null, warnings: null };

/**
 * `group` is null for all groups and empty for services without one; `label` is a term or null; `warnings` is the
 * string `true` for services with warnings only, else null. `sort` starts with `-` for descending order.
 */
export function readView(search = location.search) {
  const given = new URLSearchParams(search);
  const status = given.get('status');
  const sort = given.get('sort') ?? 'name';
  return {
    q: given.get('q') ?? '',
    status: STATES.includes(status) ? status : null,
    group: given.get('group'),
    label: LABEL.test(given.get('label') ?? '') ? given.get('label') : null,
    warnings: given.get('warnings') === 'true' ? 'true' : null,
    sort: SORTS.includes(sort.replace(/^-/, '')) ? sort : 'name',
  };
}

/** The address of a view. `more` lists other query parameters to set, such as an open form. */
export function viewAddress(view, more = {}) {
  const query = new URLSearchParams();
  for (const name of PARTS) {
    const value = view[name];
    if (value !== null && (name === 'group' || value !== '') && !(name === 'sort' && value === 'name')) {
      query.set(name, value);
    }
  }
  for (const [name, value] of Object.entries(more)) {
    query.set(name, value);
  }
  const text = query.toString();
  return location.pathname + (text ? `?${text}` : '');
}

/** The query parameters of `/api/services`. */
export const asQuery = ({ q, ...others }) => ({ ...others, q: q.trim() || null });

/** Whether two views select the same services, regardless of order. */
export const sameServices = (one, other) => Object.keys(ALL).every((name) => one[name] === other[name]);

/** The changes that reset a view's filters; the order stays. */
export const unfiltered = () => ({ ...ALL });

/** Whether a view filters out any services. */
export const narrows = (view) => !sameServices({ ...view, q: view.q.trim() }, ALL);
