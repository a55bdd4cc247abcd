import { get } from '../lib/api.js';

/**
 * Loads the status of one service from `/api/status`; null if it does not exist.
 *
 * @param id the service's id if already known, since a rename may have been missed
 */
export async function find(name, id) {
  const answer = await get('/api/status', { service: name, limit: 1 });
  if (answer.services.length > 0) {
    return answer;
  }
  const renamed = id ? (await get('/api/uptime', { id })).services[0] : undefined;
  return renamed && renamed.name !== name ? find(renamed.name) : null;
}
