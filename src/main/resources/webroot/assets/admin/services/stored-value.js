import { html, nothing } from 'lit';
import { described, invalid } from '../../components/field.js';
import { t } from '../../lib/i18n.js';

/**
 * Read-only placeholder for a stored secret that is kept; the server never returns its value.
 *
 * @param parts `id`, `hint` and `problem` as for `field`; `label` if no label element exists
 */
export const storedValue = (parts) => html`<input id=${parts.id} class="stored" readonly .value=${t('services.secret.stored')}
  aria-label=${parts.label ?? nothing} aria-invalid=${invalid(parts.problem)} aria-describedby=${described(parts)}>`;
