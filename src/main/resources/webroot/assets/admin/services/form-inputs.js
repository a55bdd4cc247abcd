import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { described, field, invalid, textField } from '../../components/field.js';
import { t } from '../../lib/i18n.js';

// The inputs of a service's form, each for a field by name. For `form`, see `form-fields.js`.

export function partsOf(form, name, more = {}) {
  return { id: `service-${name}`, name, label: t(`services.field.${name}`), problem: form.problems[name], ...more };
}

export function text(form, name, more) {
  return textField({ ...partsOf(form, name, more), value: form.values[name], onInput: (text) => form.set({ [name]: text }) });
}

export function area(form, name, rows, kind = '', hint = null) {
  const parts = partsOf(form, name, { hint });
  return field(
    parts,
    html`<textarea id=${parts.id} name=${name} rows=${rows} class=${kind} spellcheck=${kind ? 'false' : 'true'} .value=${form.values[name]}
      aria-invalid=${invalid(parts.problem)} aria-describedby=${described(parts)}
      @input=${(event) => form.set({ [name]: event.target.value })}></textarea>`,
  );
}

export function select(form, name, options, hint = null) {
  const parts = partsOf(form, name, { hint });
  return field(
    parts,
    html`<select id=${parts.id} name=${name} aria-invalid=${invalid(parts.problem)} aria-describedby=${described(parts)}
      @change=${(event) => form.set({ [name]: event.target.value })}>${options.map(
        ([value, text]) => html`<option value=${value} .selected=${form.values[name] === value}>${text}</option>`,
      )}</select>`,
  );
}

export function check(form, name) {
  const parts = partsOf(form, name);
  return html`<div class="field"><label class="check"><input id=${parts.id} type="checkbox" name=${name}
      .checked=${live(form.values[name])} aria-invalid=${invalid(parts.problem)} aria-describedby=${described(parts)}
      @change=${(event) => form.set({ [name]: event.target.checked })}><span>${parts.label}</span></label>
    ${parts.problem ? html`<span class="problem" id="${parts.id}-problem">${parts.problem}</span>` : nothing}</div>`;
}
