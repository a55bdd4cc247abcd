import { html, nothing } from 'lit';
import { described, field, invalid } from '../../components/field.js';
import { duration } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { bodyField } from './body-field.js';
import { area, check, partsOf, select, text } from './form-inputs.js';
import './header-rows.js';
import { isOfHeader } from './judgement.js';
import { policyFields } from './policy-fields.js';
import { choices } from './rules.js';
import { followsByDefault } from './values.js';

// The fields of a service's form. A `form` has `mode`, `values`, `problems`, `groups` and, once loaded,
// `defaultInterval` and `policy`, the installation's defaults; it receives input through `set(change)`, and blur of a header row through
// `leftHeader(id)`.

const MAIN = ['name', 'url', 'interval', 'group', 'description', 'labels', 'visible', 'paused'];

/** Whether a field, or a header row, belongs to the advanced section. */
export const isAdvanced = (name) => isOfHeader(name) || !MAIN.includes(name);

/** The fields that nearly every service needs. */
export const mainFields = (form) => html`
  ${text(form, 'name', { required: true })}
  ${text(form, 'url', { required: true, type: 'url', inputmode: 'url', placeholder: 'https://example.com/health' })}
  <div class="columns">
    ${text(form, 'interval', { inputmode: 'numeric', hint: intervalHint(form) })}
    ${group(form)}
  </div>
  ${area(form, 'description', 2)}
  ${area(form, 'labels', 2, 'code', t('services.labels.hint'))}
  <div class="checks">${check(form, 'visible')}${check(form, 'paused')}</div>`;

/** The fields that are usually left at their defaults. */
export function advancedFields(form) {
  const { values, mode } = form;
  const follows = t(followsByDefault(values) ? 'services.redirects.follow' : 'services.redirects.not');
  return html`
    ${policyFields(form)}
    <div class="columns">
      ${text(form, 'expectedStatus', { hint: t('services.expectedStatus.hint') })}
      ${text(form, 'timeout', { inputmode: 'numeric', hint: t('services.timeout.hint') })}
      ${select(form, 'method', choices('method').map((name) => [name, name]))}
    </div>
    ${select(
      form,
      'followRedirects',
      [
        ['default', t('services.redirects.default', { follows })],
        ['true', t('services.redirects.follow')],
        ['false', t('services.redirects.not')],
      ],
      mode === 'edit' ? t('services.redirects.hint') : null,
    )}
    <header-rows .headers=${values.headers} .problems=${form.problems} @headers=${(event) => form.set({ headers: event.detail })}
      @left=${(event) => form.leftHeader(event.detail)}></header-rows>
    <datalist id="header-names">${['Accept', 'Authorization', 'Cookie', 'Content-Type', 'Host', 'User-Agent', 'X-Api-Key'].map(
      (name) => html`<option value=${name}></option>`,
    )}</datalist>
    ${bodyField(form)}
    ${check(form, 'bodySecret')}
    <div class="columns">
      ${text(form, 'locations', { hint: t('services.locations.hint') })}
      ${text(form, 'quorum', { inputmode: 'numeric', hint: t('services.quorum.hint') })}
    </div>
    <div class="columns">
      ${text(form, 'clientCertificate', { hint: t('services.clientCertificate.hint') })}
      ${select(form, 'minTlsVersion', [['', 'TLS 1.2'], ['1.3', 'TLS 1.3']])}
    </div>
    ${check(form, 'ignoreTlsErrors')}
    ${values.ignoreTlsErrors ? html`<p class="banner" role="status">${t('services.ignoreTlsErrors.warning')}</p>` : nothing}`;
}

function intervalHint({ defaultInterval }) {
  return defaultInterval
    ? t('services.interval.hint', { interval: t('services.every', { interval: duration(defaultInterval * 1_000) }) })
    : t('services.interval.range');
}

function group(form) {
  const parts = partsOf(form, 'group', { hint: t('services.group.hint') });
  return field(
    parts,
    html`<input id=${parts.id} name="group" list="service-groups" autocomplete="off" .value=${form.values.group}
        aria-invalid=${invalid(parts.problem)} aria-describedby=${described(parts)}
        @input=${(event) => form.set({ group: event.target.value })}>
      <datalist id="service-groups">${form.groups.filter(({ name }) => name).map(({ name }) => html`<option value=${name}></option>`)}</datalist>`,
  );
}
