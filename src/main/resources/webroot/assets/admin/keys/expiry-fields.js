import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { described, field, invalid } from '../../components/field.js';
import { t } from '../../lib/i18n.js';
import { CHOICES, LATEST, chosen, local } from './expiry.js';

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * The fields for a key's expiry.
 *
 * @param expiry see expiry.js
 * @param problem with the date and time, if any
 * @param change called with the new expiry after each change
 */
export function expiryFields(expiry, problem, change) {
  const choice = { id: 'key-expiry', label: t('keys.expires') };
  const at = { id: 'key-expires-at', label: t('keys.expiresAt'), hint: t('keys.expiresAt.hint', { zone: zone() }), problem };
  return html`${field(
    choice,
    html`<select id=${choice.id} @change=${(event) => change(chosen(event.target.value, expiry))}>${CHOICES.map(
      (name) => html`<option value=${name} .selected=${name === expiry.choice}>${t(`keys.expires.${name}`)}</option>`,
    )}</select>`,
  )}
  ${expiry.choice === 'never'
    ? nothing
    : field(
        at,
        html`<input id=${at.id} type="datetime-local" min=${local(new Date())} max=${LATEST} .value=${live(expiry.at)}
          aria-required="true" aria-invalid=${invalid(problem)} aria-describedby=${described(at)}
          @input=${(event) => change({ choice: 'custom', at: event.target.value })}>`,
      )}`;
}
