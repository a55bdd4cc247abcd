import { either } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { fits, hasSecret, isReserved, ruleOf, urlSchemes } from './field-rules.js';
import { POLICY_NUMBERS, isKept, labelsOf, locationsOf } from './values.js';

// The server's validation rules, for feedback while typing. Bounds come from the server, which still validates everything.

/** The allowed values of a field. */
export const choices = (name) => ruleOf(name).allowed ?? [];

export const maxHeaders = () => ruleOf('headers').maxEntries;

/** Whether a header holds credentials by the server's rule: its stored value is never returned. */
export const isSecret = (header) => hasSecret(ruleOf('headers').keys ?? {}, header);

/** Whether a text can be a header's name. */
export const isHeaderName = (text) => fits(ruleOf('headers').keys ?? {}, text);

const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/;

const length = (text) => [...text].length;
const long = (text, max) => (max && length(text) > max ? t('problem.long', { count: max }) : null);
/** A text longer than the field allows. */
const longer = (name, text) => long(text, ruleOf(name).maxLength);
const controls = (text) => (CONTROLS.test(text) ? t('problem.controls') : null);
const required = (text) => (text === '' ? t('problem.required') : null);

function whole(text, min, max) {
  const number = Number(text);
  const isWithin = /^\s*\d+\s*$/.test(text) && number >= min && number <= max;
  return isWithin ? null : t('problem.whole', { 0: min, 1: max });
}

/** A number within the field's bounds. */
const within = (name, text) => whole(text, ruleOf(name).min, ruleOf(name).max);

/** The same; empty for the default. */
const withinOrDefault = (name, text) => (text.trim() === '' ? null : within(name, text));

function url(text) {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(text);
  if (!parts) {
    return t('problem.url');
  }
  if (!urlSchemes().includes(parts[1].toLowerCase())) {
    return t('problem.scheme', { schemes: either(urlSchemes().map((scheme) => `${scheme}://`)) });
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
  const { keys, entries, maxEntries } = ruleOf('labels');
  const all = labelsOf(text);
  const seen = new Set();
  for (const [key, value] of all) {
    if (!fits(keys, key)) {
      return t('services.problem.label.key', { key });
    }
    if (seen.has(key)) {
      return t('services.problem.label.twice', { key });
    }
    if (length(value) > entries.maxLength || CONTROLS.test(value)) {
      return t('services.problem.label.value', { key });
    }
    seen.add(key);
  }
  return all.length > maxEntries ? t('services.problem.labels', { count: maxEntries }) : null;
}

function locations(text) {
  const { entries, maxEntries } = ruleOf('locations');
  const all = locationsOf(text);
  const bad = all.find((name) => !fits(entries, name));
  if (bad) {
    return t('services.problem.location', { name: bad });
  }
  const twice = all.find((name, index) => all.indexOf(name) !== index);
  if (twice) {
    return t('services.problem.location.twice', { name: twice });
  }
  return all.length > maxEntries ? t('services.problem.locations', { count: maxEntries }) : null;
}

/** A code, or a range with its lower end first. */
function isAscending(part) {
  const [first, last = first] = part.split('-').map(Number);
  return first <= last;
}

/** A list of status codes and ranges. */
function statuses(text) {
  const { entries, maxEntries, separator } = ruleOf('expectedStatuses');
  const parts = text.split(separator);
  if (!parts.every((part) => fits(entries, part) && isAscending(part))) {
    return t('services.problem.statuses');
  }
  return parts.length > maxEntries ? t('services.problem.statuses.many', { count: maxEntries }) : null;
}

function certificate(name) {
  return name === '' || fits(ruleOf('clientCertificate'), name) ? null : t('services.problem.clientCertificate');
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
  interval: ({ interval }) => withinOrDefault('interval', interval),
  timeout: ({ timeout }) => within('timeout', timeout),
  body: ({ body, bodySecret }) => (bodySecret && body === '' ? t('services.problem.body') : longer('body', body)),
  locations: (values) => locations(values.locations),
  quorum: (values) => quorum(values),
  clientCertificate: ({ clientCertificate }) => certificate(clientCertificate.trim()),
  ...Object.fromEntries(POLICY_NUMBERS.map((name) => [name, (values) => withinOrDefault(name, values[name])])),
};

function headerName({ name }, all) {
  if (!isHeaderName(name)) {
    return name === '' ? t('problem.required') : t('problem.header');
  }
  if (isReserved(ruleOf('headers').keys, name)) {
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
  const { entries } = ruleOf('headers');
  return long(value, entries.maxLength) ?? (fits(entries, value) ? null : t('services.problem.latin'));
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
