import { html, nothing } from 'lit';
import { address, get, servicePage } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { warningText } from '../lib/warning.js';

const SHOWN = 20;
const RELOAD_MS = 120_000;
const RETRY_MS = 10_000;

/** The services with warnings; nothing if there are none. Polled, because warnings are not published as events. */
class WarnedList extends PageElement {
  static properties = {
    /** The total number. */
    total: { attribute: false },
    services: { state: true },
    problem: { state: true },
  };

  #timer = null;
  #asked = 0;

  constructor() {
    super();
    this.services = [];
    this.problem = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  willUpdate(changed) {
    if (changed.has('total')) {
      this.#load();
    }
  }

  /** Keeps the previous list if loading fails. */
  async #load() {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    let services = this.services;
    let problem = null;
    try {
      const query = { warnings: true, limit: SHOWN, fields: 'id,name,warnings' };
      services = this.total > 0 ? (await get('/api/status', query)).services : [];
    } catch (e) {
      problem = explain(e);
    }
    if (asked === this.#asked && this.isConnected) {
      this.services = services;
      this.problem = problem;
      this.#timer = setTimeout(() => this.#again(), problem ? RETRY_MS : RELOAD_MS);
    }
  }

  /** Pauses while the page is hidden. */
  #again() {
    if (document.hidden) {
      this.#timer = setTimeout(() => this.#again(), RETRY_MS);
    } else {
      this.#load();
    }
  }

  render() {
    return this.total > 0
      ? html`<section class="card down-list" aria-labelledby="warned-title">
          <h2 id="warned-title"><a href=${address('/admin/services', { warnings: true })}>${t('admin.warned', { count: this.total })}</a></h2>
          ${this.problem
            ? html`<p role="status">${this.problem}
                <button type="button" class="button small" @click=${() => this.#load()}>${t('try.again')}</button></p>`
            : nothing}
          <ul>${this.services.map((service) => this.row(service))}</ul>
          ${this.total > SHOWN && this.services.length > 0
            ? html`<p><a href=${address('/admin/services', { warnings: true })}>${t('admin.warned.more', { count: this.total })}</a></p>`
            : nothing}
        </section>`
      : nothing;
  }

  row({ name, warnings }) {
    return html`<li>
      <span class="down-what">
        <a class="wrap" href=${servicePage(name)} title=${name}>${name}</a>
        ${warnings.map((warning) => html`<span class="warned">${warningText(warning)}</span>`)}
      </span>
    </li>`;
  }
}

customElements.define('warned-list', WarnedList);
