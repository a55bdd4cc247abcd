// What the table shows is what its address says: it can be kept, sent and gone back to.

const PARTS = ['q', 'status', 'group', 'label', 'warnings', 'sort'];
export const STATES = ['up', 'down', 'unknown', 'paused'];
export const SORTS = ['status', 'name', 'group', 'responseTime', 'lastChecked'];

/** A term as the server takes it: `key=value`, `key!=value`, `key` or `!key`. */
const LABEL = /^(!?[A-Za-z0-9._/-]{1,63}|[A-Za-z0-9._/-]{1,63}!?=.*)$/;

/** The view of all services. */
const ALL = { q: '', status: null, group: null, label: null, warnings: null };

/**
 * `group` is null for all groups, and empty for the services without one; `label` a term or null; `warnings` is `true`,
 * as a text, for services with warnings only, else null. `sort` starts with `-` where descending.
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

/** The address of a view. What else the present address asks for, such as an open form, is named by `more`. */
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

/** The view as parameters of `/api/services`. */
export const asQuery = ({ q, ...others }) => ({ ...others, q: q.trim() || null });

/** Whether two views are of the same services, in whatever order. */
export const sameServices = (one, other) => Object.keys(ALL).every((name) => one[name] === other[name]);

/** What a view changes to for all services, in the same order. */
export const unfiltered = () => ({ ...ALL });

/** Whether a view leaves services out. */
export const narrows = (view) => !sameServices({ ...view, q: view.q.trim() }, ALL);
