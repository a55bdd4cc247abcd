import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { described, invalid } from '../components/field.js';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';

const OWN = '#0b6b5d'; // the default accent

/**
 * The accent colour, picked with the browser's colour input or typed as #rrggbb. `value` is a string or null;
 * dispatches `change` with the new value as `detail`. The page previews it immediately.
 */
class AccentField extends PageElement {
  static properties = {
    value: { attribute: false },
    problem: { attribute: false },
  };

  render() {
    const parts = { id: 'accent', hint: t('settings.accent.hint'), problem: this.problem };
    const known = /^#[\da-f]{6}$/i.test(this.value ?? '');
    return html`<div class="field">
      <label for="accent">${t('settings.accent')}</label>
      <div class="accent-row">
        <input type="color" aria-label=${t('settings.accent.choose')} .value=${live(known ? this.value.toLowerCase() : OWN)}
          @input=${this.input} @change=${stop}>
        <input id="accent" type="text" class="accent-text" maxlength="7" placeholder=${OWN} autocomplete="off"
          spellcheck="false" .value=${live(this.value ?? '')} aria-describedby=${described(parts)}
          aria-invalid=${invalid(this.problem)} @input=${this.input} @change=${stop}>
        ${this.value === null
          ? nothing
          : html`<button type="button" class="button small" @click=${() => this.say(null)}>${t('settings.accent.reset')}</button>`}
      </div>
      <span class="hint" id="accent-hint">${parts.hint}</span>
      ${this.problem ? html`<span class="problem" id="accent-problem">${this.problem}</span>` : nothing}
    </div>`;
  }

  input(event) {
    const text = event.target.value.trim();
    this.say(text === '' ? null : /^[\da-f]{6}$/i.test(text) ? `#${text}` : text);
  }

  say(value) {
    this.dispatchEvent(new CustomEvent('change', { detail: value }));
  }
}

/** Stops the inputs' own bubbling events; this element dispatches its own. */
const stop = (event) => event.stopPropagation();

customElements.define('accent-field', AccentField);
