import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { whileBusy } from '../components/busy.js';
import { get } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { has, t } from '../lib/i18n.js';
import { auditRow } from './audit/row.js';
import { navigate } from './router.js';

const PAGE = 50;
const FILTERS = { all: null, changes: false, failed: true };

/** Who changed what, newest first. The filter is in the address. */
class AdminAudit extends PageElement {
  static properties = {
    filter: { state: true },
    by: { state: true },
    entries: { state: true },
    cursor: { state: true },
    problem: { state: true },
  };

  #routed = () => this.#follow();
  #asked = 0;

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('route', this.#routed);
    this.#follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('route', this.#routed);
  }

  #follow() {
    const given = new URLSearchParams(location.search);
    this.filter = given.get('show') in FILTERS ? given.get('show') : 'all';
    this.by = given.get('by') ?? '';
    this.load();
  }

  #show(change) {
    const { show, by } = { show: this.filter, by: this.by, ...change };
    const query = new URLSearchParams({ ...(show === 'all' ? {} : { show }), ...(by === '' ? {} : { by }) });
    navigate(location.pathname + (query.size ? `?${query}` : ''), { replace: true, ask: false });
  }

  async load(cursor = null) {
    const asked = ++this.#asked;
    try {
      const query = { failed: FILTERS[this.filter], by: this.by || null, limit: PAGE, cursor };
      const answer = await get('/api/audit', query);
      if (asked === this.#asked) {
        this.entries = cursor ? [...this.entries, ...answer.entries] : answer.entries;
        this.cursor = answer.cursor;
        this.problem = null;
      }
    } catch (e) {
      if (asked === this.#asked) {
        this.problem = explain(e);
      }
    }
  }

  render() {
    return html`<div class="view-head"><h1>${t('admin.nav.audit')}</h1></div>
      <p class="intro">${t('audit.intro')}</p>
      <div class="audit-filters">
        <div><label for="audit-show">${t('audit.show')}</label>
          <select id="audit-show" @change=${(event) => this.#show({ show: event.target.value })}>${Object.keys(FILTERS).map(
            (name) => html`<option value=${name} ?selected=${name === this.filter}>${t(`audit.show.${name}`)}</option>`,
          )}</select></div>
        ${this.by
          ? html`<button type="button" class="button small" @click=${() => this.#show({ by: '' })}>
              ${t('audit.by.clear', { by: by(this.by) })}</button>`
          : nothing}
      </div>
      ${this.problem
        ? html`<div class="card empty" role="alert"><p>${this.problem}</p>
            <button type="button" class="button" @click=${() => this.load()}>${t('try.again')}</button></div>`
        : this.entries === undefined
          ? html`<p class="muted">${t('loading')}</p>`
          : this.entries.length === 0 && !this.cursor
            ? html`<div class="card empty"><h2>${t('audit.none')}</h2><p>${t('audit.noneText')}</p></div>`
            : this.table()}`;
  }

  table() {
    return html`<div class="card table-card" role="region" aria-label=${t('admin.nav.audit')} tabindex="0">
        <table class="stacked audit">
          <thead><tr>${['at', 'action', 'target', 'by', 'change'].map(
            (name) => html`<th scope="col">${t(`audit.${name}`)}</th>`,
          )}</tr></thead>
          <tbody>${repeat(this.entries, (entry) => `${entry.failed}${entry.id}`, (entry) =>
            auditRow(entry, (who) => this.#show({ by: who })),
          )}</tbody>
        </table>
      </div>
      ${this.cursor
        ? html`<p><button type="button" class="button" @click=${(event) => this.#more(event.currentTarget)}>${t('audit.more')}</button></p>`
        : nothing}`;
  }

  async #more(button) {
    const before = this.entries.length;
    await whileBusy(button, () => this.load(this.cursor));
    await this.updateComplete;
    if (!button.isConnected) {
      this.querySelectorAll('tbody tr')[before]?.focus({ preventScroll: true });
    }
  }
}

const by = (who) => (has(`audit.by.${who}`) ? t(`audit.by.${who}`) : who);

customElements.define('admin-audit', AdminAudit);
