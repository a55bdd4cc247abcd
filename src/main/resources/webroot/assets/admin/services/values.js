// A service as a form holds it: texts as they are typed, labels as lines of one, locations too, and headers as rows.

/** Stands for a stored value that the server does not show; sent back, it keeps that value. */
export const HIDDEN = '•••';

let rows = 0;

export const headerRow = (name = '', value = '') => ({ id: ++rows, name, value, stored: value === HIDDEN });

/** Whether a header's value stays the stored one. */
export const isKept = ({ stored, value }) => stored && value === HIDDEN;

export const NEW = {
  name: '',
  url: '',
  description: '',
  group: '',
  labels: {},
  method: 'GET',
  expectedStatus: 200,
  expectedStatuses: null,
  interval: null,
  timeout: 10_000,
  headers: {},
  body: null,
  bodySecret: false,
  followRedirects: null,
  ignoreTlsErrors: false,
  minTlsVersion: null,
  clientCertificate: null,
  locations: [],
  quorum: null,
  visible: true,
  paused: false,
};

/** The input that a field of the API is shown in: both expectations share one. */
export const inputOf = (field) => (field === 'expectedStatuses' ? 'expectedStatus' : field);

const INPUTS = Object.keys(NEW).filter((field) => inputOf(field) === field);

export function toValues(service) {
  const { expectedStatus, expectedStatuses, interval, timeout, labels, headers, body, followRedirects, locations, quorum } = service;
  return {
    ...Object.fromEntries(INPUTS.map((name) => [name, service[name] ?? NEW[name]])),
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
    followRedirects: followRedirects === null || followRedirects === undefined ? 'default' : String(followRedirects),
  };
}

/** The fields as the API takes them; null is its default. */
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
  };
}

/** One code is `expectedStatus`; of several, the server takes the first for it. */
const expectation = (text) =>
  /^\s*\d+\s*$/.test(text)
    ? { expectedStatus: Number(text), expectedStatuses: null }
    : { expectedStatus: null, expectedStatuses: text.replace(/\s+/g, '') };

/**
 * For a service that is new: it has none of the stored values.
 *
 * @return the `values` to go on with, and `lost`, the headers and fields whose values have to be entered again
 */
export function withoutStored(values) {
  const headers = values.headers.map((row) => ({ ...row, stored: false, value: isKept(row) ? '' : row.value }));
  const body = values.body === HIDDEN ? '' : values.body;
  const lost = { headers: values.headers.filter(isKept).map(({ name }) => name), body: values.body === HIDDEN };
  return { values: { ...values, headers, body }, lost };
}

/** The keys and values that a text names, one `key=value` a line. */
export const labelsOf = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });

/** The names in a text, with commas or blanks between them. */
export const locationsOf = (text) => text.split(/[\s,]+/).filter((name) => name !== '');

/** The fields that differ, with the first one's values. */
export function difference(values, others) {
  const before = toFields(others);
  return Object.fromEntries(
    Object.entries(toFields(values)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])),
  );
}

/**
 * Takes what others have changed meanwhile into what is being typed: what was touched here stays.
 *
 * @return the `values` to go on with, and the names of the fields that others have changed, `theirs`; `kept` are those
 *     of them that are as they were typed here all the same
 */
export function merged(values, initial, now) {
  const mine = inputsThatDiffer(values, initial);
  const theirs = inputsThatDiffer(now, initial);
  const taken = theirs.filter((name) => !mine.includes(name)).map((name) => [name, now[name]]);
  return { values: { ...values, ...Object.fromEntries(taken) }, theirs, kept: theirs.filter((name) => mine.includes(name)) };
}

const inputsThatDiffer = (values, others) => [...new Set(Object.keys(difference(values, others)).map(inputOf))];

/** Whether a redirect is followed where the service does not say: the first status decides. */
export const followsByDefault = ({ expectedStatus }) => /^\s*2\d\d(?!\d)/.test(expectedStatus);
