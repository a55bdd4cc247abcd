import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { whileBusy } from '../components/busy.js';
import { icon } from '../components/icons.js';
import { toast } from '../components/toast.js';
import { get } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { saveFile } from '../lib/save.js';
import { auditFilters } from './audit/filters.js';
import { COLUMNS, auditRow } from './audit/row.js';
import { narrows, queryOf, readView, viewAddress } from './audit/view.js';
import { navigate } from './router.js';

const PAGE = 50;
const NDJSON = 'application/x-ndjson';
const DOWNLOAD_TIMEOUT_MS = 600_000;

/** The audit log, newest first. The filters are kept in the address. */
class AdminAudit extends PageElement {
  static properties = {
    view: { state: true },
    entries: { state: true },
    cursor: { state: true },
    problem: { state: true },
    names: { state: true },
  };

  #routed = () => this.#follow();
  #asked = 0;

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('route', this.#routed);
    this.names = new Map();
    this.#loadNames();
    this.#follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('route', this.#routed);
  }

  #follow() {
    this.view = readView();
    this.load();
  }

  #show(change) {
    navigate(viewAddress({ ...this.view, ...change }), { replace: true, ask: false });
  }

  async #loadNames() {
    try {
      this.names = new Map((await get('/api/keys')).keys.map(({ prefix, name }) => [prefix, name]));
    } catch {
      // fall back to prefixes
    }
  }

  async load() {
    const asked = ++this.#asked;
    try {
      const page = await this.#page(null);
      if (asked === this.#asked) {
        Object.assign(this, page, { problem: null });
      }
    } catch (e) {
      if (asked === this.#asked) {
        this.problem = explain(e);
      }
    }
  }

  async #more(button) {
    const asked = ++this.#asked;
    const before = this.entries.length;
    try {
      const page = await whileBusy(button, this.#page(this.cursor));
      if (asked === this.#asked) {
        this.entries = [...this.entries, ...page.entries];
        this.cursor = page.cursor;
        await this.updateComplete;
        (this.querySelectorAll('tbody tr')[before] ?? this.querySelector('tbody tr:last-child')).focus();
      }
    } catch (e) {
      if (asked === this.#asked) {
        toast(explain(e), { kind: 'bad' });
      }
    }
  }

  /** The server scans a limited number of entries per request, so a page may be empty although older entries match. */
  async #page(cursor) {
    let page = { entries: [], cursor };
    do {
      const { entries, cursor } = await get('/api/audit', { ...queryOf(this.view), limit: PAGE, cursor: page.cursor });
      page = { entries, cursor };
    } while (page.entries.length === 0 && page.cursor);
    return page;
  }

  async #download(button) {
    try {
      const options = { accept: NDJSON, timeout: DOWNLOAD_TIMEOUT_MS };
      saveFile(await whileBusy(button, get('/api/audit', queryOf(this.view), options)), 'audit.ndjson');
    } catch (e) {
      toast(explain(e), { kind: 'bad' });
    }
  }

  render() {
    return html`<div class="view-head"><h1>${t('admin.nav.audit')}</h1>
        <div class="view-actions">
          <button type="button" class="button" @click=${(event) => whileBusy(event.currentTarget, this.load())}>${icon('refresh')}${t('audit.refresh')}</button>
          <button type="button" class="button" title=${t('audit.download.hint')}
            @click=${(event) => this.#download(event.currentTarget)}>${icon('download')}${t('audit.download')}</button>
        </div></div>
      <p class="intro">${t('audit.intro')}</p>
      ${auditFilters(this.view, this.names, (change) => this.#show(change))}
      <p class="visually-hidden" role="status">${this.problem || !this.entries ? nothing : t('audit.shown', { count: this.entries.length })}</p>
      ${this.problem
        ? html`<div class="card empty" role="alert"><p>${this.problem}</p>
            <button type="button" class="button" @click=${() => this.load()}>${t('try.again')}</button></div>`
        : this.entries === undefined
          ? html`<p class="muted">${t('loading')}</p>`
          : this.entries.length === 0
            ? this.#empty()
            : this.#table()}`;
  }

  #empty() {
    return narrows(this.view)
      ? html`<div class="card empty"><h2>${t('audit.nothing')}</h2>
          <button type="button" class="button" @click=${() => navigate(location.pathname, { replace: true, ask: false })}>${t('audit.nothing.clear')}</button></div>`
      : html`<div class="card empty"><h2>${t('audit.none')}</h2><p>${t('audit.noneText')}</p></div>`;
  }

  #table() {
    return html`<div class="card table-card" role="region" aria-label=${t('admin.nav.audit')} tabindex="0">
        <table class="stacked audit">
          <thead><tr>${COLUMNS.map((name) => html`<th scope="col">${t(`audit.${name}`)}</th>`)}</tr></thead>
          <tbody>${repeat(this.entries, (entry) => `${entry.failed}${entry.id}`, (entry) =>
            auditRow(entry, this.names, (filter) => this.#show(filter)),
          )}</tbody>
        </table>
      </div>
      ${this.cursor
        ? html`<p><button type="button" class="button" @click=${(event) => this.#more(event.currentTarget)}>${t('audit.more')}</button></p>`
        : nothing}`;
  }
}

customElements.define('admin-audit', AdminAudit);
