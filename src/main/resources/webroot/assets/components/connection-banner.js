import { html, nothing } from 'lit';
import { PageElement } from '../lib/element.js';
import { time } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { statusIcon } from './icons.js';

/**
 * Reports that the server or its store is unreachable, and the time of the data shown. `live` is the page's Live,
 * `store`: whether the server reaches its store. `blind`: number of shown services whose newest results it does not see.
 * `unseen`: number of services that are unknown because the monitor's own network is lost.
 */
class ConnectionBanner extends PageElement {
  static properties = { live: { attribute: false }, store: { type: Boolean }, blind: { attribute: false }, unseen: { attribute: false } };

  #changed = () => this.requestUpdate();

  constructor() {
    super();
    this.store = true;
    this.blind = 0;
    this.unseen = 0;
  }

  willUpdate(changed) {
    if (changed.has('live')) {
      changed.get('live')?.removeEventListener('state', this.#changed);
      this.live?.addEventListener('state', this.#changed);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.live?.removeEventListener('state', this.#changed);
  }

  /** Always rendered: a live region inserted together with its text is not announced reliably. */
  render() {
    return html`<div role="status">${this.#content()}</div>`;
  }

  #content() {
    if (this.live?.state === 'lost') {
      return html`<div class="banner bad">
        <span class="status down">${statusIcon('degraded')}</span>
        <span class="text">${t('connection.lost', { time: time(this.live.heard) })}</span>
        <button type="button" class="button small" @click=${() => this.live.start()}>${t('try.again')}</button>
      </div>`;
    }
    return html`${this.store ? nothing : this.#storeAway()}${this.unseen > 0 ? this.#banner('unknown', 'connection.network') : nothing}`;
  }

  #storeAway() {
    return this.blind > 0 ? this.#banner('degraded', 'connection.store') : this.#banner('unknown', 'connection.history');
  }

  #banner(shown, text) {
    return html`<div class="banner">
        <span class="status ${shown}">${statusIcon(shown)}</span>
        <span class="text">${t(text)}</span>
      </div>`;
  }
}

customElements.define('connection-banner', ConnectionBanner);
