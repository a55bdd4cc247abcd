import { get, send } from '../../lib/api.js';
import { CHECK_TIMEOUT } from './check-result.js';
import { difference, toFields } from './values.js';

/**
 * Reads the current state of a service; null if it does not exist.
 *
 * @return `{service, defaultInterval}`, the latter in seconds
 */
export async function readService(name, signal) {
  const { services, defaultInterval } = await get('/api/services', { name, limit: 1 }, { signal });
  return { service: services[0] ?? null, defaultInterval };
}

/** The default check interval, in seconds. */
export const readDefaultInterval = async (signal) =>
  (await get('/api/services', { limit: 1, fields: 'id' }, { signal })).defaultInterval;

export const add = (values) => send('POST', '/api/services', { body: toFields(values) });

/** Sends only the fields that differ from `before`. */
export const change = (name, values, before) =>
  send('PATCH', '/api/services', { query: { name }, body: difference(values, before) });

/**
 * Checks the service as entered in the form, without storing anything.
 *
 * @param id of the stored service whose secrets are used; null for none
 */
export function tryOut(values, id, signal) {
  const { name, ...fields } = toFields(values);
  const body = { ...fields, ...(name && { name }), ...(id && { id }) };
  return send('POST', '/api/services/test', { body, signal, timeout: CHECK_TIMEOUT });
}
