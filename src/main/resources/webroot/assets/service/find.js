import { get } from '../lib/api.js';

/**
 * The status of a service: `/api/status` of it alone; null where there is none.
 *
 * @param id what it was known by before, if it was: a rename may have been missed
 */
export async function find(name, id) {
  const answer = await get('/api/status', { service: name, limit: 1 });
  if (answer.services.length > 0) {
    return answer;
  }
  const renamed = id ? (await get('/api/uptime', { id })).services[0] : undefined;
  return renamed && renamed.name !== name ? find(renamed.name) : null;
}
