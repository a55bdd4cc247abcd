import { html } from 'lit';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';

const GATHERED_MS = 2_000;
const NAMED = 3;

/** Reads out what goes down and comes back, gathered, so that an outage of many does not drown everything else. */
class LiveAnnouncer extends PageElement {
  static properties = {
    text: { state: true },
  };

  #changes = new Map();
  #timer = null;

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    return html`<div class="visually-hidden" role="status">${this.text ?? ''}</div>`;
  }

  add(name, status) {
    this.#changes.set(name, status);
    this.#timer ??= setTimeout(() => this.#say(), GATHERED_MS);
  }

  #say() {
    this.#timer = null;
    const parts = ['down', 'up'].map((status) => {
      const names = [...this.#changes].filter(([, now]) => now === status).map(([name]) => name);
      return names.length > NAMED
        ? t(`admin.said.${status}.many`, { count: names.length })
        : names.map((name) => t(`admin.said.${status}`, { name })).join(' ');
    });
    this.#changes.clear();
    this.text = parts.filter(Boolean).join(' ');
  }
}

customElements.define('live-announcer', LiveAnnouncer);
