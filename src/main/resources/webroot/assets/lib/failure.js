import { clock } from './format.js';
import { has, t } from './i18n.js';

/** A failure class in words; falls back to the server's name for unknown classes. */
export function failureWord(error) {
  const key = `failure.${error?.class}`;
  return has(key) ? t(key) : (error?.class ?? t('status.down'));
}

/** A failure as a visitor notices it, without technical terms: "Not responding". */
export function outageWord(error) {
  const key = `outage.${error?.class}`;
  return t(has(key) ? key : 'status.down');
}

/** The same with its start: "Not responding since 14:05". */
export function outageSince({ error, since }) {
  const outage = outageWord(error);
  return since ? t('outage.since', { outage, time: clock(since) }) : outage;
}

/** Failure class and message, for operators: "Timeout: no complete answer within 10000 ms". */
export function failureDetail(error) {
  return error ? [failureWord(error), error.text].filter(Boolean).join(': ') : '';
}
