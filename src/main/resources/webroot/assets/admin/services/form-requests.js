import { get, send } from '../../lib/api.js';
import { CHECK_TIMEOUT } from './check-result.js';
import { difference, toFields } from './values.js';

/**
 * Reads the current state of a service; null if it does not exist.
 *
 * @return `{service, defaults}`, the latter as by `readDefaults`
 */
export async function readService(name, signal) {
  const answer = await get('/api/services', { name, limit: 1 }, { signal });
  return { service: answer.services[0] ?? null, defaults: defaultsOf(answer) };
}

/** The installation's defaults: `defaultInterval`, in seconds, and `policy`. */
export const readDefaults = async (signal) => defaultsOf(await get('/api/services', { limit: 1, fields: 'id' }, { signal }));

const defaultsOf = ({ defaultInterval, policy }) => ({ defaultInterval, policy });

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
