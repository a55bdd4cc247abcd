// What the table shows is what its address says: it can be kept, sent and gone back to.

const FILTERS = ['q', 'status', 'group', 'sort'];
export const STATES = ['up', 'down', 'unknown', 'paused'];
export const SORTS = ['status', 'name', 'group', 'responseTime', 'lastChecked'];

/** `group` is null for all groups, and empty for the services without one. `sort` starts with `-` where descending. */
export function readView(search = location.search) {
  const given = new URLSearchParams(search);
  const status = given.get('status');
  const sort = given.get('sort') ?? 'name';
  return {
    q: given.get('q') ?? '',
    status: STATES.includes(status) ? status : null,
    group: given.get('group'),
    sort: SORTS.includes(sort.replace(/^-/, '')) ? sort : 'name',
  };
}

/** The address of a view. What else the present address asks for, such as an open form, is named by `more`. */
export function viewAddress(view, more = {}) {
  const query = new URLSearchParams();
  for (const name of FILTERS) {
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
export const asQuery = ({ q, status, group, sort }) => ({ q: q.trim() || null, status, group, sort });

/** Whether a view leaves services out. */
export const narrows = ({ q, status, group }) => q.trim() !== '' || status !== null || group !== null;
