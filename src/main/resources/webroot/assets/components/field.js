import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

/** The ids of a field's hint and problem, for `aria-describedby` of its control. */
export const described = ({ id, hint, problem }) =>
  [hint ? `${id}-hint` : null, problem ? `${id}-problem` : null].filter(Boolean).join(' ') || nothing;

/** For `aria-invalid`. */
export const invalid = (problem) => (problem ? 'true' : nothing);

/**
 * A label, its control, a hint and what is wrong with what was typed.
 *
 * @param parts `id` of the control, `label`, and `hint` and `problem` or nothing
 * @param control the template of the control, with `described` and `invalid` at it
 */
export const field = ({ id, label, hint, problem }, control) => html`
  <div class="field">
    <label for=${id}>${label}</label>
    ${control}
    ${hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing}
    ${problem ? html`<span class="problem" id="${id}-problem">${problem}</span>` : nothing}
  </div>`;

/**
 * A field of one line.
 *
 * @param parts as for `field`; besides `value`, `type`, `required`, `autocomplete`, `inputmode`, `placeholder`,
 *     `maxlength`, and `onInput`, which gets the text
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

/** Moves the focus to the first field that something is wrong with, once it is shown. */
export async function focusFirstProblem(element) {
  await element.updateComplete;
  element.querySelector('[aria-invalid="true"]')?.focus();
}
