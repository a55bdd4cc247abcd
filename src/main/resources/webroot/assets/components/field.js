import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

/** Value of a control's `aria-describedby`: the ids of the field's hint and problem. */
export const described = ({ id, hint, problem }) =>
  [hint ? `${id}-hint` : null, problem ? `${id}-problem` : null].filter(Boolean).join(' ') || nothing;

/** Value of `aria-invalid`. */
export const invalid = (problem) => (problem ? 'true' : nothing);

/**
 * A label, its control, a hint and the validation error.
 *
 * @param parts `id` of the control, `label`, and optional `hint` and `problem`
 * @param control the control's template, using `described` and `invalid`
 */
export const field = ({ id, label, hint, problem }, control) => html`
  <div class="field">
    <label for=${id}>${label}</label>
    ${control}
    ${hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing}
    ${problem ? html`<span class="problem" id="${id}-problem">${problem}</span>` : nothing}
  </div>`;

/**
 * A single-line field.
 *
 * @param parts as for `field`, plus `value`, `type`, `required`, `autocomplete`, `inputmode`, `placeholder`,
 *     `maxlength` and `onInput`, called with the text
 */
export const textField = (parts) =>
  field(
    parts,
    html`<input id=${parts.id} name=${parts.name ?? parts.id} type=${parts.type ?? 'text'}
      .value=${live(parts.value ?? '')} autocomplete=${parts.autocomplete ?? 'off'}
      inputmode=${parts.inputmode ?? nothing} placeholder=${parts.placeholder ?? nothing}
      maxlength=${parts.maxlength ?? nothing} aria-required=${parts.required ? 'true' : nothing}
      spellcheck=${parts.spellcheck ?? 'false'} aria-invalid=${invalid(parts.problem)}
      aria-describedby=${described(parts)} @input=${(event) => parts.onInput(event.target.value)}>`,
  );

/** Focuses the first invalid field, after rendering. */
export async function focusFirstProblem(element) {
  await element.updateComplete;
  element.querySelector('[aria-invalid="true"]')?.focus();
}
