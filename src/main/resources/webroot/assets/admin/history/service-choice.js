import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { statusIcon } from '../../components/icons.js';
import { get } from '../../lib/api.js';
import { PageElement } from '../../lib/element.js';
import { t } from '../../lib/i18n.js';

const WAIT_MS = 120;
const FOUND = 30;

/**
 * A combobox that searches services by part of their name on the server, since there may be ten thousand.
 *
 * Dispatches `service` with the selected name.
 */
class ServiceChoice extends PageElement {
  static properties = {
    value: { attribute: false },
    text: { state: true },
    found: { state: true },
    matching: { state: true },
    at: { state: true },
    shown: { state: true },
  };

  #timer = null;
  #abort = null;

  constructor() {
    super();
    this.found = [];
    this.matching = 0;
    this.at = -1;
    this.shown = false;
  }

  willUpdate(changed) {
    if (changed.has('value')) {
      this.text = this.value;
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  render() {
    const active = this.shown && this.at >= 0 ? `service-option-${this.at}` : nothing;
    return html`<div class="field combobox" @focusout=${this.#left}>
      <label for="history-service">${t('history.service')}</label>
      <input id="history-service" role="combobox" autocomplete="off" spellcheck="false" placeholder=${t('history.service.hint')}
        aria-autocomplete="list" aria-expanded=${this.shown ? 'true' : 'false'} aria-controls="service-options"
        aria-activedescendant=${active} .value=${live(this.text ?? '')}
        @input=${this.#typed} @click=${() => this.#search(0)} @focus=${(event) => event.target.select()} @keydown=${this.#key}>
      <ul id="service-options" role="listbox" aria-label=${t('history.service')} ?hidden=${!this.shown || this.found.length === 0}>
        ${this.found.map((row, at) => this.#option(row, at))}
      </ul>
      <span class="visually-hidden" role="status">${this.shown ? this.#said() : nothing}</span>
      ${this.shown && this.matching === 0 ? html`<span class="hint">${t('history.service.none')}</span>` : nothing}
    </div>`;
  }

  #said() {
    return this.matching === 0 ? t('history.service.none') : t('history.service.found', { count: this.matching });
  }

  #option({ name, paused, state }, at) {
    const status = paused ? 'paused' : state.status;
    return html`<li id="service-option-${at}" role="option" aria-selected=${at === this.at ? 'true' : 'false'}
      @pointerdown=${(event) => event.preventDefault()} @click=${() => this.#choose(name)}>
      <span class="status ${status}">${statusIcon(status)}<span class="visually-hidden">${t(`status.${status}`)}</span></span>
      <span class="ellipsis">${name}</span></li>`;
  }

  #typed(event) {
    this.text = event.target.value;
    this.#search(WAIT_MS);
  }

  #search(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), wait);
  }

  async #ask() {
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    // the selected name is not a search term: offer all services
    const q = this.text === this.value ? null : this.text.trim().slice(0, 200) || null;
    try {
      const answer = await get('/api/services', { q, limit: FOUND }, { signal: abort.signal });
      Object.assign(this, { found: answer.services, matching: answer.matching, at: -1, shown: this.contains(document.activeElement) });
    } catch {
      if (!abort.signal.aborted) {
        this.shown = false;
      }
    }
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#move(step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const row = this.found[this.at] ?? this.found.find(({ name }) => name === this.text) ?? (this.found.length === 1 ? this.found[0] : null);
      if (this.shown && row) {
        this.#choose(row.name);
      } else if (this.text.trim()) {
        this.#choose(this.text);
      }
    } else if (event.key === 'Escape' && this.shown) {
      event.preventDefault();
      this.shown = false;
      this.text = this.value;
    }
  }

  async #move(step) {
    if (!this.shown) {
      await this.#ask();
    }
    const count = this.found.length;
    if (count > 0) {
      this.at = this.at < 0 ? (step > 0 ? 0 : count - 1) : (this.at + step + count) % count;
      await this.updateComplete;
      this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    }
  }

  #choose(name) {
    this.shown = false;
    this.text = name;
    this.dispatchEvent(new CustomEvent('service', { detail: name }));
  }

  #left(event) {
    if (!this.contains(event.relatedTarget)) {
      clearTimeout(this.#timer);
      this.#abort?.abort();
      this.shown = false;
      this.text = this.value;
    }
  }
}

customElements.define('service-choice', ServiceChoice);
