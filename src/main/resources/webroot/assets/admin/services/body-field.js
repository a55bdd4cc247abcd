import { html, nothing } from 'lit';
import { described, field, invalid } from '../../components/field.js';
import { t } from '../../lib/i18n.js';
import { storedValue } from './stored-value.js';
import { HIDDEN } from './values.js';

const ID = 'service-body';

/**
 * The request body: the text as typed, or a placeholder for a stored secret body that is kept.
 *
 * @param form as for the other fields, plus `bodyStored`: whether a secret body is stored
 */
export function bodyField(form) {
  const kept = form.bodyStored && form.values.body === HIDDEN;
  const parts = { id: ID, label: t('services.field.body'), problem: form.problems.body };
  return field(parts, kept ? keptBody(form, parts) : typedBody(form, parts));
}

const keptBody = (form, parts) => html`<div class="stored-row">
  ${storedValue(parts)}
  <button type="button" class="button" aria-label=${t('services.body.replace')}
    @click=${(event) => change(event, form, { body: '' })}>${t('services.secret.replace')}</button>
  <button type="button" class="button" aria-label=${t('services.body.remove')}
    @click=${(event) => change(event, form, { body: '', bodySecret: false })}>${t('services.secret.remove')}</button>
</div>`;

const typedBody = (form, parts) => html`<textarea id=${ID} name="body" rows="4" class="code" spellcheck="false"
    .value=${form.values.body} aria-invalid=${invalid(parts.problem)} aria-describedby=${described(parts)}
    @input=${(event) => form.set({ body: event.target.value })}></textarea>
  ${form.bodyStored
    ? html`<div><button type="button" class="button small"
        @click=${(event) => change(event, form, { body: HIDDEN, bodySecret: true })}>${t('services.body.keep')}</button></div>`
    : nothing}`;

/** Moves the focus to the field that replaces the pressed button. */
async function change(event, form, values) {
  const host = event.target.closest('service-form');
  form.set(values);
  await host.updateComplete;
  host.querySelector(`#${ID}`).focus();
}
