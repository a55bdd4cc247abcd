import { failureWord } from './failure.js';
import { has, t } from './i18n.js';

/**
 * The earlier attempts of a check in words: "connection refused, then up at the second attempt". Null if the first one
 * was its result.
 *
 * @param check `attempts`, `status` and `error` as in `GET /api/history`
 */
export function attemptsInWords({ attempts, status }) {
  if (!attempts?.length) {
    return null;
  }
  const failures = [...new Set(attempts.map(({ error }) => error?.text || failureWord(error)))].join(', ');
  const count = attempts.length + 1;
  if (status === 'down') {
    return t('attempts.down', { failures, count });
  }
  const key = `attempts.up.${count}`;
  return t(has(key) ? key : 'attempts.up', { failures, count });
}
