import { clock } from './format.js';
import { has, t } from './i18n.js';

/** The class of a failure as a word; of one that these pages do not know, the server's own. */
export function failureWord(error) {
  const key = `failure.${error?.class}`;
  return has(key) ? t(key) : (error?.class ?? t('status.down'));
}

/** What a visitor notices of such a failure, without technical terms: "Not responding". */
export function outageWord(error) {
  const key = `outage.${error?.class}`;
  return t(has(key) ? key : 'status.down');
}

/** The same, and since when: "Not responding since 14:05". */
export function outageSince({ error, since }) {
  const outage = outageWord(error);
  return since ? t('outage.since', { outage, time: clock(since) }) : outage;
}

/** Class and text of a failure, for those who run the service: "Timeout: no complete answer within 10000 ms". */
export function failureDetail(error) {
  return error ? [failureWord(error), error.text].filter(Boolean).join(': ') : '';
}
