import { t } from '../../lib/i18n.js';
import { matches, ruleOf } from './field-rules.js';
import { isKept, labelsOf, locationsOf } from './values.js';

// The server's validation rules, for feedback while typing. Bounds come from the server, which still validates everything.

/** The allowed values of a field. */
export const choices = (name) => ruleOf(name).allowed ?? [];

export const maxHeaders = () => ruleOf('headers').maxEntries;

const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const RESERVED = ['connection', 'content-length', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Headers that hold credentials by the server's rule: their stored values are never returned. */
const SECRET = /auth|bearer|cookie|credential|jwt|passw|passphrase|secret|session|signature|token|keys?($|[^a-z])/i;

export const isSecret = (header) => SECRET.test(header);

const LABEL_KEY = /^[A-Za-z0-9._/-]{1,63}$/;

const STATUSES = /^\s*([1-9]\d\d)\s*(?:-\s*([1-9]\d\d)\s*)?$/;
const MAX_STATUSES = 20;

const LOCATION = /^[a-z0-9][a-z0-9-]{0,31}$/;

const length = (text) => [...text].length;
const long = (text, max) => (max && length(text) > max ? t('problem.long', { count: max }) : null);
/** A text longer than the field allows. */
const longer = (name, text) => long(text, ruleOf(name).maxLength);
const controls = (text) => (CONTROLS.test(text) ? t('problem.controls') : null);
const required = (text) => (text === '' ? t('problem.required') : null);

function whole(text, min, max) {
  const number = Number(text);
  const fits = /^\s*\d+\s*$/.test(text) && number >= min && number <= max;
  return fits ? null : t('problem.whole', { 0: min, 1: max });
}

/** A number within the field's bounds. */
const within = (name, text) => whole(text, ruleOf(name).min, ruleOf(name).max);

function url(text) {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(text);
  if (!parts) {
    return t('problem.url');
  }
  if (!/^https?$/i.test(parts[1])) {
    return t('problem.scheme');
  }
  if (parts[2].includes('@')) {
    return t('problem.credentials');
  }
  if (/^(:|$)/.test(parts[2])) {
    return t('problem.host');
  }
  const port = /:([^\]]*)$/.exec(parts[2].replace(/^\[[^\]]*\]/, ''))?.[1] ?? '';
  if (port !== '' && whole(port, 1, 65_535)) {
    return t('problem.port');
  }
  return null;
}

const address = (text) => required(text) ?? longer('url', text) ?? controls(text) ?? url(text);

/** Reports the first invalid label by its key, so that its line can be found. */
function labels(text) {
  const all = labelsOf(text);
  const seen = new Set();
  for (const [key, value] of all) {
    if (!LABEL_KEY.test(key)) {
      return t('services.problem.label.key', { key });
    }
    if (seen.has(key)) {
      return t('services.problem.label.twice', { key });
    }
    if (length(value) > 63 || CONTROLS.test(value)) {
      return t('services.problem.label.value', { key });
    }
    seen.add(key);
  }
  const most = ruleOf('labels').maxEntries;
  return all.length > most ? t('services.problem.labels', { count: most }) : null;
}

function locations(text) {
  const all = locationsOf(text);
  const bad = all.find((name) => !LOCATION.test(name));
  if (bad) {
    return t('services.problem.location', { name: bad });
  }
  const twice = all.find((name, index) => all.indexOf(name) !== index);
  if (twice) {
    return t('services.problem.location.twice', { name: twice });
  }
  const most = ruleOf('locations').maxEntries;
  return all.length > most ? t('services.problem.locations', { count: most }) : null;
}

/** A comma-separated list of status codes and ranges. */
function statuses(text) {
  const parts = text.split(',');
  const bad = parts.map((part) => STATUSES.exec(part)).some((found) => !found || found[2] < found[1]);
  if (bad) {
    return t('services.problem.statuses');
  }
  return parts.length > MAX_STATUSES ? t('services.problem.statuses.many', { count: MAX_STATUSES }) : null;
}

function certificate(name) {
  return name === '' || matches('clientCertificate', name) ? null : t('services.problem.clientCertificate');
}

function quorum(values) {
  const many = locationsOf(values.locations).length;
  if (values.quorum.trim() === '') {
    return null;
  }
  return many === 0 ? t('services.problem.quorum') : whole(values.quorum, 1, many);
}

const RULES = {
  name: ({ name }) => required(name) ?? longer('name', name) ?? controls(name),
  url: (values) => address(values.url.trim()),
  description: ({ description }) => longer('description', description),
  group: ({ group }) => longer('group', group) ?? controls(group),
  labels: (values) => labels(values.labels),
  expectedStatus: ({ expectedStatus }) => statuses(expectedStatus),
  interval: ({ interval }) => (interval.trim() === '' ? null : within('interval', interval)),
  timeout: ({ timeout }) => within('timeout', timeout),
  body: ({ body, bodySecret }) => (bodySecret && body === '' ? t('services.problem.body') : longer('body', body)),
  locations: (values) => locations(values.locations),
  quorum: (values) => quorum(values),
  clientCertificate: ({ clientCertificate }) => certificate(clientCertificate.trim()),
};

function headerName({ name }, all) {
  if (!HEADER_NAME.test(name)) {
    return name === '' ? t('problem.required') : t('problem.header');
  }
  if (RESERVED.includes(name.toLowerCase())) {
    return t('problem.reserved');
  }
  return all.filter((other) => other.name.toLowerCase() === name.toLowerCase()).length > 1 ? t('services.problem.twice') : null;
}

function headerValue(row) {
  const { name, value } = row;
  if (isKept(row)) {
    return null;
  }
  if (value === '' && isSecret(name)) {
    return t('problem.required');
  }
  return value.length > 4_096 ? t('problem.long', { count: 4_096 }) : /[^\t\u0020-\u007e\u0080-\u00ff]/.test(value) ? t('services.problem.latin') : null;
}

/**
 * Validation errors of a form: texts by field name, or by `header-` or `value-` plus the id of the header row.
 */
export function problemsOf(values) {
  const problems = {};
  for (const [field, rule] of Object.entries(RULES)) {
    problems[field] = rule(values);
  }
  for (const row of values.headers) {
    problems[`header-${row.id}`] = headerName(row, values.headers);
    problems[`value-${row.id}`] = headerValue(row);
  }
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem));
}
