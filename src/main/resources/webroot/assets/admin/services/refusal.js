import { t } from '../../lib/i18n.js';
import { problemText } from '../../lib/problems.js';
import { isField } from './field-rules.js';
import { isHeaderName } from './rules.js';
import { HIDDEN, inputOf, isKept } from './values.js';

/** The server's validation errors by form field, keyed as by `problemsOf`; null if none can be assigned. */
export function refusedFields(error, values) {
  if (error.status === 409 && error.code !== 'not_yet') {
    return { name: t('services.problem.taken') };
  }
  const field = fieldOf(error, values);
  if (field === null) {
    return null;
  }
  const fields = isOtherOrigin(error) ? keptFields(values) : [field];
  return Object.fromEntries(fields.map((name) => [name, problemText(error)]));
}

/** Reported for one secret, but applies to all secrets of the service. */
const isOtherOrigin = ({ code, with: other, field }) => code === 'conflicts' && other === 'url' && field !== 'type';

const keptFields = ({ headers, body }) => [
  ...headers.filter(isKept).map(({ id }) => `value-${id}`),
  ...(body === HIDDEN ? ['body'] : []),
];

function fieldOf(error, { headers }) {
  const { field } = error;
  if (!field) {
    return null;
  }
  if (field.startsWith('headers.')) {
    const row = rowOf(field.slice('headers.'.length), headers);
    return row ? `${isOfName(error, row) ? 'header' : 'value'}-${row.id}` : 'headers';
  }
  return field.startsWith('labels.') ? 'labels' : isField(field) ? inputOf(field) : null;
}

/** Whether a header's name is the problem, because the check sets it or its form is wrong; otherwise the value is. */
const isOfName = ({ code }, { name }) => code === 'read_only' || (code === 'invalid_format' && !isHeaderName(name));

/** The server truncates long names. */
function rowOf(name, headers) {
  const exact = headers.find((row) => row.name === name);
  return exact || !name.endsWith('…') ? exact : headers.find((row) => row.name.startsWith(name.slice(0, -1)));
}
