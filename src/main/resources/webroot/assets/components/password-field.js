import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';
import { described, field, invalid } from './field.js';

/** A password or token field with a show button. `value` works as on an input. */
class PasswordField extends PageElement {
  static properties = {
    fieldId: { attribute: 'field-id' },
    label: {},
    hint: {},
    problem: { attribute: false },
    /** `current-password`, `new-password` or `off`. */
    autocomplete: {},
    value: { attribute: false },
    shown: { state: true },
  };

  constructor() {
    super();
    this.value = '';
    this.autocomplete = 'current-password';
    this.shown = false;
  }

  render() {
    const parts = { id: this.fieldId, label: this.label, hint: this.hint, problem: this.problem };
    const word = t(this.shown ? 'password.hide' : 'password.show');
    return field(
      parts,
      html`<span class="with-button">
        <input id=${parts.id} name=${parts.id} type=${this.shown ? 'text' : 'password'} autocomplete=${this.autocomplete}
          .value=${live(this.value)} spellcheck="false" autocapitalize="off" aria-required="true"
          aria-invalid=${invalid(parts.problem)} aria-describedby=${described(parts)}
          @input=${(event) => (this.value = event.target.value)}>
        <button type="button" class="button" aria-controls=${parts.id} aria-label="${word}: ${this.label}"
          @click=${() => (this.shown = !this.shown)}>${word}</button>
      </span>`,
    );
  }

  focus() {
    this.querySelector('input')?.focus();
  }
}

customElements.define('password-field', PasswordField);
