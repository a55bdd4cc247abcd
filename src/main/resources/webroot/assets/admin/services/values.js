import { newService } from './field-rules.js';

// A service in the form's representation: strings as typed, labels and locations as text, headers as rows.

/** Placeholder for a stored value that the server does not return; sending it back keeps the value. */
export const HIDDEN = '•••';

/** The fields of a policy that are numbers, and those that are a choice; empty for the installation's default. */
export const POLICY_NUMBERS = ['retries', 'retryInterval', 'failureThreshold', 'successThreshold', 'degradedAfter', 'flapCount', 'flapMinutes'];
export const POLICY_CHOICES = ['retryBackoff', 'retryOn', 'confirmElsewhere'];

let rows = 0;

export const headerRow = (name = '', value = '') => ({ id: ++rows, name, value, stored: value === HIDDEN });

/** Whether a header keeps its stored value. */
export const isKept = ({ stored, value }) => stored && value === HIDDEN;

/** The input for an API field: both expectation fields share one. */
export const inputOf = (field) => (field === 'expectedStatuses' ? 'expectedStatus' : field);

export function toValues(service) {
  const blank = newService();
  const inputs = Object.keys(blank).filter((field) => inputOf(field) === field);
  const { expectedStatus, expectedStatuses, interval, timeout, labels, headers, body, followRedirects, locations, quorum } = service;
  return {
    ...Object.fromEntries(inputs.map((name) => [name, service[name] ?? blank[name]])),
    expectedStatus: expectedStatuses ?? String(expectedStatus),
    interval: interval ? String(interval) : '',
    timeout: String(timeout),
    labels: Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`).join('\n'),
    headers: Object.entries(headers ?? {}).map(([name, value]) => headerRow(name, value)),
    body: body ?? '',
    locations: (locations ?? []).join(', '),
    quorum: quorum ? String(quorum) : '',
    minTlsVersion: service.minTlsVersion === '1.3' ? '1.3' : '',
    clientCertificate: service.clientCertificate ?? '',
    ...Object.fromEntries([...POLICY_NUMBERS, ...POLICY_CHOICES].map((name) => [name, String(service[name] ?? '')])),
    followRedirects: followRedirects === null || followRedirects === undefined ? 'default' : String(followRedirects),
  };
}

/** The fields of the API's request; null means the default. */
export function toFields(values) {
  return {
    ...values,
    url: values.url.trim(),
    ...expectation(values.expectedStatus),
    interval: values.interval.trim() === '' ? null : Number(values.interval),
    timeout: Number(values.timeout),
    labels: Object.fromEntries(labelsOf(values.labels)),
    headers: Object.fromEntries(values.headers.map(({ name, value }) => [name, value])),
    body: values.body === '' ? null : values.body,
    locations: locationsOf(values.locations),
    quorum: values.quorum.trim() === '' ? null : Number(values.quorum),
    followRedirects: values.followRedirects === 'default' ? null : values.followRedirects === 'true',
    minTlsVersion: values.minTlsVersion || null,
    clientCertificate: values.clientCertificate.trim() || null,
    ...Object.fromEntries(POLICY_NUMBERS.map((name) => [name, values[name].trim() === '' ? null : Number(values[name])])),
    ...Object.fromEntries(POLICY_CHOICES.map((name) => [name, choiceOf(values[name])])),
  };
}

const choiceOf = (value) => (['true', 'false'].includes(value) ? value === 'true' : value || null);

/** A single code is sent as `expectedStatus`; of several, the server uses the first for it. */
const expectation = (text) =>
  /^\s*\d+\s*$/.test(text)
    ? { expectedStatus: Number(text), expectedStatuses: null }
    : { expectedStatus: null, expectedStatuses: text.replace(/\s+/g, '') };

/**
 * Removes the stored values, which a new service does not have.
 *
 * @return the remaining `values`, and `lost`, the headers and fields whose values must be entered again
 */
export function withoutStored(values) {
  const headers = values.headers.map((row) => ({ ...row, stored: false, value: isKept(row) ? '' : row.value }));
  const body = values.body === HIDDEN ? '' : values.body;
  const lost = { headers: values.headers.filter(isKept).map(({ name }) => name), body: values.body === HIDDEN };
  return { values: { ...values, headers, body }, lost };
}

/** Parses labels, one `key=value` per line. */
export const labelsOf = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });

/** Parses names separated by commas or whitespace. */
export const locationsOf = (text) => text.split(/[\s,]+/).filter((name) => name !== '');

/** The fields that differ, with the values of the first argument. */
export function difference(values, others) {
  const before = toFields(others);
  return Object.fromEntries(
    Object.entries(toFields(values)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])),
  );
}

/**
 * Merges concurrent changes into the form: fields edited here keep their value.
 *
 * @return the merged `values`; `theirs`, the names of the fields changed by others; and `kept`, those of them that were
 *     edited here and keep their value
 */
export function merged(values, initial, now) {
  const mine = inputsThatDiffer(values, initial);
  const theirs = inputsThatDiffer(now, initial);
  const taken = theirs.filter((name) => !mine.includes(name)).map((name) => [name, now[name]]);
  return { values: { ...values, ...Object.fromEntries(taken) }, theirs, kept: theirs.filter((name) => mine.includes(name)) };
}

const inputsThatDiffer = (values, others) => [...new Set(Object.keys(difference(values, others)).map(inputOf))];

/** The default for following redirects: it depends on the first expected status. */
export const followsByDefault = ({ expectedStatus }) => /^\s*2\d\d(?!\d)/.test(expectedStatus);
