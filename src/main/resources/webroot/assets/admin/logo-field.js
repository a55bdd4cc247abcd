import { html, nothing } from 'lit';
import { described, invalid } from '../components/field.js';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';

// the server's limits
const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/svg+xml'];
const MAX_BYTES = 100_000;

/**
 * The logo: upload, preview before saving, remove. `value` is a URL, a data: URL or null; dispatches `change` with the
 * new value as `detail`, or `refused` with the reason.
 */
class LogoField extends PageElement {
  static properties = {
    value: { attribute: false },
    problem: { attribute: false },
  };

  render() {
    const parts = { id: 'logo', hint: t('settings.logo.hint'), problem: this.problem };
    return html`<div class="field">
      <label for="logo">${t('settings.logo')}</label>
      <div class="logo-row">
        <span class="logo-preview">${this.value
          ? html`<img src=${this.value} alt=${t('settings.logo.preview')}>`
          : html`<span class="muted">${t('settings.logo.none')}</span>`}</span>
        <input id="logo" type="file" accept=${TYPES.join(',')} aria-describedby=${described(parts)}
          aria-invalid=${invalid(this.problem)} @change=${this.choose}>
        ${this.value
          ? html`<button type="button" class="button small" @click=${this.clear}>${t('settings.logo.remove')}</button>`
          : nothing}
      </div>
      <span class="hint" id="logo-hint">${parts.hint}</span>
      ${this.problem ? html`<span class="problem" id="logo-problem">${this.problem}</span>` : nothing}
    </div>`;
  }

  async choose(event) {
    event.stopPropagation();
    const input = event.target;
    const [file] = input.files;
    if (!file) {
      return;
    }
    const refusal = !TYPES.includes(file.type)
      ? t('settings.logo.type')
      : file.size > MAX_BYTES
        ? t('settings.logo.size', { count: Math.ceil(file.size / 1_000) })
        : null;
    if (refusal) {
      input.value = '';
      this.dispatchEvent(new CustomEvent('refused', { detail: refusal }));
      return;
    }
    this.dispatchEvent(new CustomEvent('change', { detail: await asDataUrl(file) }));
  }

  clear() {
    const input = this.querySelector('input');
    input.value = '';
    this.dispatchEvent(new CustomEvent('change', { detail: null }));
    input.focus();
  }
}

function asDataUrl(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

customElements.define('logo-field', LogoField);
