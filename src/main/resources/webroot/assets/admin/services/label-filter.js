import { html } from 'lit';
import { t } from '../../lib/i18n.js';

/**
 * The label filter.
 *
 * @param labels `{key, values, more}` each; a key with more values than listed can be selected regardless of value
 * @param chosen a term, not necessarily among them, or null
 * @param choose called with the term, or null for all services
 */
export function labelFilter(labels, chosen, choose) {
  const listed = labels.some(({ key, values }) => chosen === key || values.some((value) => chosen === `${key}=${value}`));
  return html`<select aria-label=${t('services.label.filter')} @change=${(event) => choose(event.target.value || null)}>
    <option value="" .selected=${chosen === null}>${t('services.label.all')}</option>
    ${chosen === null || listed ? null : option(chosen, chosen, chosen)}
    ${labels.map((label) => keyed(label, chosen))}
  </select>`;
}

const keyed = ({ key, values, more }, chosen) => html`<optgroup label=${key}>
  ${more || values.length > 1 ? option(key, t('services.label.any', { key }), chosen) : null}
  ${values.map((value) => option(`${key}=${value}`, value === '' ? key : `${key}=${value}`, chosen))}
</optgroup>`;

const option = (term, text, chosen) => html`<option value=${term} .selected=${term === chosen}>${text}</option>`;
