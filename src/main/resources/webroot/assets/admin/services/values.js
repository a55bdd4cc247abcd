// A service as a form holds it: texts as they are typed, and headers as rows.

let rows = 0;

export const headerRow = (name = '', value = '') => ({ id: ++rows, name, value });

export const NEW = {
  name: '',
  url: '',
  description: '',
  group: '',
  method: 'GET',
  expectedStatus: 200,
  interval: null,
  timeout: 10_000,
  headers: {},
  body: null,
  followRedirects: null,
  ignoreTlsErrors: false,
  visible: true,
  paused: false,
};

export function toValues(service) {
  const { expectedStatus, interval, timeout, headers, body, followRedirects } = service;
  return {
    ...Object.fromEntries(Object.keys(NEW).map((name) => [name, service[name] ?? NEW[name]])),
    expectedStatus: String(expectedStatus),
    interval: interval ? String(interval) : '',
    timeout: String(timeout),
    headers: Object.entries(headers ?? {}).map(([name, value]) => headerRow(name, value)),
    body: body ?? '',
    followRedirects: followRedirects === null || followRedirects === undefined ? 'default' : String(followRedirects),
  };
}

/** The fields as the API takes them; null is its default. */
export function toFields(values) {
  return {
    ...values,
    expectedStatus: Number(values.expectedStatus),
    interval: values.interval.trim() === '' ? null : Number(values.interval),
    timeout: Number(values.timeout),
    headers: Object.fromEntries(values.headers.map(({ name, value }) => [name, value])),
    body: values.body === '' ? null : values.body,
    followRedirects: values.followRedirects === 'default' ? null : values.followRedirects === 'true',
  };
}

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
  const mine = difference(values, initial);
  const theirs = Object.keys(difference(now, initial));
  const taken = theirs.filter((name) => !(name in mine)).map((name) => [name, now[name]]);
  return { values: { ...values, ...Object.fromEntries(taken) }, theirs, kept: theirs.filter((name) => name in mine) };
}

/** Whether a redirect is followed where the service does not say. */
export const followsByDefault = ({ expectedStatus }) => /^\s*2\d\d\s*$/.test(expectedStatus);
