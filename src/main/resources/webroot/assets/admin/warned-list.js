import { html, nothing } from 'lit';
import { get, servicePage } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';
import { warningText } from '../lib/warning.js';

const SHOWN = 20;

/** The services with warnings; nothing where there are none. They change once a day, mostly. */
class WarnedList extends PageElement {
  static properties = {
    /** How many there are. */
    total: { attribute: false },
    services: { state: true },
  };

  constructor() {
    super();
    this.services = [];
  }

  willUpdate(changed) {
    if (changed.has('total')) {
      this.#load();
    }
  }

  /** What cannot be had is asked for again when there are more or less of them; the number is shown meanwhile. */
  async #load() {
    try {
      const query = { warnings: true, limit: SHOWN, fields: 'id,name,warnings' };
      this.services = this.total > 0 ? (await get('/api/status', query)).services : [];
    } catch {
      this.services = [];
    }
  }

  render() {
    return this.total > 0
      ? html`<section class="card down-list" aria-labelledby="warned-title">
          <h2 id="warned-title">${t('admin.warned', { count: this.total })}</h2>
          <ul>${this.services.map((service) => this.row(service))}</ul>
          ${this.total > SHOWN && this.services.length > 0
            ? html`<p class="muted">${t('admin.warned.more', { count: this.total - this.services.length })}</p>`
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
