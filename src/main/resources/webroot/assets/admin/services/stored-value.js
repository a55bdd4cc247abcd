import { html, nothing } from 'lit';
import { described, invalid } from '../../components/field.js';
import { t } from '../../lib/i18n.js';

/**
 * Stands where a secret is typed while the stored one is kept: the server has it and shows it to nobody.
 *
 * @param parts `id`, `hint` and `problem` as for `field`, and `label` where no label stands beside it
 */
export const storedValue = (parts) => html`<input id=${parts.id} class="stored" readonly .value=${t('services.secret.stored')}
  aria-label=${parts.label ?? nothing} aria-invalid=${invalid(parts.problem)} aria-describedby=${described(parts)}>`;
