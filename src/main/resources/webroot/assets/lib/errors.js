import { t } from './i18n.js';

/** The user-facing text of an ApiError. */
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

/** Like `explain`, for read-only pages, whose visitors are not told about the data store. */
export function explainReading(error) {
  return error.status === 503 ? t('error.data') : explain(error);
}
