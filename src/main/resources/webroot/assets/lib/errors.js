import { t } from './i18n.js';

/** What an ApiError says to a person. */
export function explain(error) {
  switch (error.status) {
    case 0:
      return t('error.unreachable');
    case 429:
      return t('error.limited', { count: Math.max(1, error.retryAfter) });
    case 503:
      return t('error.store');
    default:
      return t('error.other', { message: error.message });
  }
}
