import { html } from 'lit';
import { codeSample } from '../components/code-sample.js';
import '../components/copy-button.js';
import { address } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { minute } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { guard } from './unsaved.js';

/** Shows a new key, once. Dispatches `stored` when the user confirms having saved it. */
class NewKey extends PageElement {
  static properties = {
    secret: { attribute: false },
    /** The key's fields as returned by the API. */
    apiKey: { attribute: false },
  };

  constructor() {
    super();
    guard(this, () => true); // leaving the page now would lose the key
  }

  render() {
    return html`<p>${t('keys.once')}${this.apiKey.expiresAt ? ` ${t('keys.once.until', { time: minute(this.apiKey.expiresAt) })}` : ''}</p>
      <div class="secret">
        <input readonly aria-label=${t('keys.key')} .value=${this.secret} @focus=${(event) => event.target.select()}>
        <copy-button .text=${this.secret} label=${t('keys.key')}></copy-button>
      </div>
      <h3>${t('keys.try')}</h3>
      ${codeSample(t('keys.sample'), `curl -H 'Authorization: Bearer ${this.secret}' ${location.origin}${address('/api/services')}`)}
      <div class="dialog-actions">
        <button type="button" class="button primary" @click=${() => this.dispatchEvent(new Event('stored'))}>
          ${t('keys.stored')}</button>
      </div>`;
  }
}

customElements.define('new-key', NewKey);
