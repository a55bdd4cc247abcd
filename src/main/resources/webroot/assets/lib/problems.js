import { t } from './i18n.js';

/** The server's validation messages and their texts; a capture group becomes {0}, {1}. */
const KNOWN = [
  [/^is required$/, 'problem.required'],
  [/^must not be empty$/, 'problem.required'],
  [/^must not be blank$/, 'problem.required'],
  [/^must contain a visible character$/, 'problem.required'],
  [/^must not contain characters that reorder text/, 'problem.reorder'],
  [/^must not contain invisible characters/, 'problem.invisible'],
  [/^may contain joiners/, 'problem.invisible'],
  [/^is listed twice$/, 'settings.groupOrder.twice'],
  [/^must be at most (\d+) characters$/, 'problem.long'],
  [/^must be (\d+) to (\d+) characters$/, 'problem.length'],
  [/^must be at least (\d+) characters$/, 'problem.short'],
  [/^must be a whole number from (\d+) to (\d+)$/, 'problem.whole'],
  [/^must start with http:\/\/ or https:\/\/$/, 'problem.scheme'],
  [/^must be an absolute URL/, 'problem.url'],
  [/^has no (valid )?host$/, 'problem.host'],
  [/^must have a port/, 'problem.port'],
  [/^must not contain a user name or password/, 'problem.credentials'],
  [/^must not contain control characters$/, 'problem.controls'],
  [/^must not contain control characters or characters above U\+00FF$/, 'services.problem.latin'],
  [/^must be a string of at most (\d+) characters$/, 'problem.long'],
  [/^is not a valid header name$/, 'problem.header'],
  [/^is set by the check itself$/, 'problem.reserved'],
  [/^must be of the form key=value/, 'problem.selector'],
  [/^must be given at most (\d+) times$/, 'problem.terms'],
  [/^must be in the future/, 'problem.future'],
  [/^is •••, but no value is stored/, 'problem.secret.missing'],
  [/^is kept only for the same scheme, host and port/, 'problem.secret.origin'],
  [/^must stay true while the stored body is kept/, 'problem.secret.body'],
];

/** The localized text of an ApiError with status 400; falls back to the server's message. */
export function problemText(error) {
  for (const [pattern, key] of KNOWN) {
    const found = pattern.exec(error.problem);
    if (found) {
      return t(key, { 0: Number(found[1]), 1: Number(found[2]), count: Number(found[1]) });
    }
  }
  return error.problem;
}

/** The client-side error for a missing required text; null if it is present. */
export function missing(value) {
  return value.trim() === '' ? t('problem.required') : null;
}
