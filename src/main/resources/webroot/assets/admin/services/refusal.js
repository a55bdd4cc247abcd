import { t } from '../../lib/i18n.js';
import { problemText } from '../../lib/problems.js';
import { HIDDEN, NEW, inputOf, isKept } from './values.js';

/** Reported for one secret, but applies to all secrets of the service. */
const OTHER_ORIGIN = /^is kept only for the same scheme, host and port/;
/** All other header errors concern the value. */
const HEADER_NAME = /^(is not a valid header name|is set by the check itself)/;

/** The server's validation errors by form field, keyed as by `problemsOf`; null if none can be assigned. */
export function refusedFields(error, values) {
  if (error.status === 409) {
    return { name: t('services.problem.taken') };
  }
  const field = fieldOf(error, values);
  if (field === null) {
    return null;
  }
  const fields = OTHER_ORIGIN.test(error.problem) ? keptFields(values) : [field];
  return Object.fromEntries(fields.map((name) => [name, problemText(error)]));
}

const keptFields = ({ headers, body }) => [
  ...headers.filter(isKept).map(({ id }) => `value-${id}`),
  ...(body === HIDDEN ? ['body'] : []),
];

function fieldOf({ field, problem }, { headers }) {
  if (!field) {
    return null;
  }
  if (field.startsWith('headers.')) {
    const row = rowOf(field.slice('headers.'.length), headers);
    return row ? `${HEADER_NAME.test(problem) ? 'header' : 'value'}-${row.id}` : 'headers';
  }
  return field.startsWith('labels.') ? 'labels' : field in NEW ? inputOf(field) : null;
}

/** The server truncates long names. */
function rowOf(name, headers) {
  const exact = headers.find((row) => row.name === name);
  return exact || !name.endsWith('…') ? exact : headers.find((row) => row.name.startsWith(name.slice(0, -1)));
}
