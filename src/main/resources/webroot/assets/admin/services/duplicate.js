import { t } from '../../lib/i18n.js';
import { withoutStored } from './values.js';

const MAX_NAME = 200;

/** The suggested name for a duplicate. */
export function copyName(name) {
  const copy = t('services.copy', { name });
  return [...copy].length <= MAX_NAME ? copy : t('services.copy', { name: [...name].slice(0, MAX_NAME - 20).join('') });
}

/**
 * Removes the stored secrets, which a new service does not have.
 *
 * @return the `values` without them, and a `notice` naming those to enter again, or null
 */
export function asNew(values) {
  const { values: own, lost } = withoutStored(values);
  const fields = [...lost.headers, ...(lost.body ? [t('services.field.body')] : [])];
  const notice = fields.length > 0 ? t('services.secret.lost', { fields: fields.join(', ') }) : null;
  return { values: own, notice };
}
