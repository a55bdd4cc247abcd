import { t } from '../../lib/i18n.js';
import { missing, problemText } from '../../lib/problems.js';
import { NEVER, epochOf } from './expiry.js';

// A key to be created, in the form's representation: strings as typed.

const MAX_RATE = 1_000_000;

export const EMPTY = { name: '', scope: 'read', selector: '', expiry: NEVER, rateLimit: '' };

/** The effective selector: a key with scope admin has none. */
const selectorOf = ({ scope, selector }) => (scope === 'admin' ? '' : selector.trim());

/** The fields of the API's request; unset limits are left out. */
export function toFields(draft) {
  const selector = selectorOf(draft);
  const expiresAt = epochOf(draft.expiry);
  const rateLimit = draft.rateLimit.trim();
  return {
    name: draft.name.trim(),
    scope: draft.scope,
    ...(selector && { selector }),
    ...(expiresAt !== null && { expiresAt }),
    ...(rateLimit && { rateLimit: Number(rateLimit) }),
  };
}

/** Validation errors of a draft: texts by API field name. */
export function problemsOf(draft, now = Date.now()) {
  const problems = { name: missing(draft.name), expiresAt: expiryProblem(draft.expiry, now), rateLimit: rateProblem(draft.rateLimit.trim()) };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem));
}

function expiryProblem(expiry, now) {
  const at = epochOf(expiry);
  if (at === null) {
    return null;
  }
  return Number.isNaN(at) ? t('problem.moment') : at <= now ? t('problem.future') : null;
}

function rateProblem(text) {
  const fits = /^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_RATE;
  return text === '' || fits ? null : t('problem.whole', { 0: 1, 1: MAX_RATE });
}

/** The server's validation errors by field; null if the form does not show that field. */
export function refused(error, draft) {
  const shown = { name: true, selector: draft.scope !== 'admin', expiresAt: draft.expiry.choice !== 'never', rateLimit: true };
  return shown[error.field] ? { [error.field]: problemText(error) } : null;
}
