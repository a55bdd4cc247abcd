import { html } from 'lit';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';

const GATHER_MS = 1_000;
const APART_MS = 5_000; // screen readers cannot keep up with more
const MOST_NAMES = 3;

/** Announces status changes to screen readers: politely, briefly and rate-limited. */
class LiveAnnouncer extends PageElement {
  static properties = { text: { state: true } };

  /** name → `up` or `down`, pending announcements */
  #changes = new Map();
  #timer = null;
  #saidAt = 0;

  constructor() {
    super();
    this.text = '';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  render() {
    return html`<div class="visually-hidden" aria-live="polite">${this.text}</div>`;
  }

  /** Announces a text immediately, in response to a user action. */
  say(text) {
    this.text = text;
  }

  changed(name, to) {
    if (to === 'up' || to === 'down') {
      this.#changes.set(name, to);
      this.#timer ??= setTimeout(() => this.#tell(), Math.max(GATHER_MS, this.#saidAt + APART_MS - Date.now()));
    }
  }

  #tell() {
    this.#timer = null;
    this.#saidAt = Date.now();
    const parts = [];
    for (const to of ['down', 'up']) {
      const names = [...this.#changes].filter(([, state]) => state === to).map(([name]) => name);
      if (names.length > MOST_NAMES) {
        parts.push(t(`said.many.${to}`, { count: names.length }));
      } else {
        parts.push(...names.map((name) => t(`said.${to}`, { name })));
      }
    }
    this.#changes.clear();
    this.text = parts.join(' ');
  }
}

customElements.define('live-announcer', LiveAnnouncer);
