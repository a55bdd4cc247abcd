import { t } from './i18n.js';

/** Texts of codes for specific fields (without the part after a dot), preferred to those of the code alone. */
const OF_FIELDS = {
  'required.headers': 'problem.secret.missing',
  'required.body': 'problem.secret.missing',
  'conflicts.bodySecret': 'problem.secret.body',
  'conflicts.quorum': 'services.problem.quorum',
  'invalid_format.url': 'problem.url',
  'invalid_format.headers': 'problem.header',
  'invalid_format.labels': 'services.problem.label',
  'invalid_format.locations': 'services.problem.location.form',
  'invalid_format.expectedStatuses': 'services.problem.statuses',
  'invalid_format.clientCertificate': 'services.problem.clientCertificate',
  'invalid_format.selector': 'problem.selector',
  'invalid_format.label': 'problem.selector',
  'read_only.headers': 'problem.reserved',
  'duplicate.groupOrder': 'settings.groupOrder.twice',
  'out_of_range.expiresAt': 'problem.future',
};

const OF_CODES = {
  required: 'problem.required',
  too_short: 'problem.short',
  too_long: 'problem.long',
  too_many: 'problem.many',
  out_of_range: 'problem.whole',
  not_allowed: 'problem.allowed',
  invalid_format: 'problem.characters',
  duplicate: 'problem.duplicate',
};

/**
 * The localized text of a field's problem; the server's message if its code has no text.
 *
 * @param problem an ApiError, or a problem of a bulk request: `field`, `code` and the details of the code
 */
export function problemText({ field, code, problem, min, max, allowed, with: other }) {
  const key = OF_FIELDS[`${code}.${baseOf(field)}`] ?? (code === 'conflicts' && other === 'url' ? 'problem.secret.origin' : OF_CODES[code]);
  if (code === 'too_short' && min === 1) {
    return t('problem.required');
  }
  const count = code === 'too_short' ? min : max;
  return key ? t(key, { 0: min, 1: max, count, allowed: allowed?.join(', ') }) : problem;
}

/** `headers` of `headers.X-Name`. */
const baseOf = (field) => /^[^.[]*/.exec(field ?? '')[0];

/** The client-side error for a missing required text; null if it is present. */
export function missing(value) {
  return value.trim() === '' ? t('problem.required') : null;
}
