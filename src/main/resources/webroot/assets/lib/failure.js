import { has, t } from './i18n.js';

/** The class of a failure as a word; of one that these pages do not know, the server's own. */
export function failureWord(error) {
  const key = `failure.${error?.class}`;
  return has(key) ? t(key) : (error?.class ?? t('status.down'));
}
