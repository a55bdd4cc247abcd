import { html, nothing } from 'lit';
import '../components/connection-banner.js';
import { icon } from '../components/icons.js';
import { toast } from '../components/toast.js';
import { address, get, servicePage } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { short } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { Live } from '../lib/live.js';
import { Uptimes } from '../lib/uptimes.js';
import { navigate } from './router.js';
import { deleteOne, pauseOne } from './services/actions.js';
import { AddressedForm } from './services/addressed-form.js';
import { attention } from './services/attention.js';
import './services/bulk-bar.js';
import { showCheck } from './services/check-result.js';
import './services/filters.js';
import './services/row-menu.js';
import { Rows } from './services/rows.js';
import { Selection } from './services/selection.js';
import { exportServices } from './services/service-export.js';
import { importServices } from './services/service-import.js';
import './services/service-list.js';
import { narrows, readView, sameServices, unfiltered, viewAddress } from './services/view.js';

/** Events carry no response times or check times, so the visible rows are polled at this interval. */
const REFRESH_MS = 15_000;
/** Debounces reloads after services are added, removed or changed. */
const SETTLE_MS = 400;

/** The list of all services: search, sort, select, edit. The view is kept in the address. */
class AdminServices extends PageElement {
  static properties = {
    view: { state: true },
    groups: { state: true },
    labels: { state: true },
    version: { state: true },
    said: { state: true },
    collecting: { state: true },
    storeReachable: { state: true },
    blind: { state: true },
  };

  #rows = new Rows();
  #selection = new Selection();
  #uptimes = new Uptimes(() => this.#changed());
  #live = new Live();
  #form = new AddressedForm({
    closed: () => navigate(viewAddress(this.view), { replace: true, ask: false }),
    saved: (service, mode) => this.#saved(service, mode),
  });
  #refreshing = null;
  #settling = null;
  #collect = null;

  #routed = () => this.#follow();
  #changed = () => this.version++;

  constructor() {
    super();
    this.view = readView();
    this.groups = [];
    this.labels = [];
    this.version = 0;
    this.storeReachable = true;
    this.blind = 0;
    this.#rows.addEventListener('change', this.#changed);
    for (const type of ['transition', 'saved']) {
      this.#live.addEventListener(type, (event) => this.#entry(type, event.detail.service));
    }
    this.#live.addEventListener('removed', (event) => this.#removed(event.detail.id));
    this.#live.addEventListener('summary', (event) => {
      this.#rows.counts = event.detail.counts ?? this.#rows.counts;
      this.storeReachable = event.detail.storeReachable ?? true;
      this.blind = event.detail.counts?.blind ?? 0;
      this.version++;
    });
    this.#live.addEventListener('reset', () => this.#settle());
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('route', this.#routed);
    this.#refreshing = setInterval(() => this.#refresh(), REFRESH_MS);
    this.#begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('route', this.#routed);
    clearInterval(this.#refreshing);
    clearTimeout(this.#settling);
    this.#live.stop();
    this.#collect?.abort();
    this.#form.close();
  }

  async #begin() {
    this.#loadChoices();
    this.#form.follow(this.groups);
    await this.#rows.show(this.view);
    this.#announce();
    if (this.isConnected) {
      this.#live.start(this.#rows.event);
    }
  }

  /** Loads the filter options. */
  async #loadChoices() {
    try {
      const { groups, labels } = await get('/api/services', { limit: 1, include: ['groups', 'labels'] });
      this.groups = groups;
      this.labels = labels;
    } catch {
      // the table reports it, too
    }
  }

  /** Handles a changed address: a filter, going back, or opening the form. */
  async #follow() {
    const view = readView();
    const same = JSON.stringify(view) === JSON.stringify(this.view);
    this.#form.follow(this.groups);
    if (same) {
      return;
    }
    if (!sameServices(view, this.view)) {
      this.#selection.clear(); // only services of the current view may be selected
    }
    this.view = view;
    await this.#rows.show(view);
    this.#announce();
  }

  #show(change) {
    window.scrollTo(0, Math.min(scrollY, this.offsetTop));
    navigate(viewAddress({ ...this.view, ...change }), { replace: true, ask: false });
  }

  #announce() {
    this.said = this.#rows.error || !this.#rows.counts ? '' : t('services.matching', { count: this.#rows.matching });
  }

  // server events

  #entry(type, entry) {
    const known = this.#rows.patch(entry);
    this.#uptimes.outdate(entry.id);
    this.#selection.follow(entry);
    if (type === 'saved') {
      this.#form.element?.changedElsewhere(entry);
    }
    if (type === 'saved' || (known && this.view.status !== null)) {
      this.#settle();
    }
  }

  #removed(id) {
    this.#selection.forget(id);
    this.#form.element?.removedElsewhere(id);
    this.#settle();
  }

  #settle() {
    this.#settling ??= setTimeout(() => {
      this.#settling = null;
      this.#refresh();
      this.#loadChoices();
    }, SETTLE_MS);
  }

  #refresh() {
    if (!document.hidden && !this.#rows.loading) {
      this.#rows.refresh(...(this.#list?.range ?? [0, 0]));
    }
  }

  get #list() {
    return this.querySelector('service-list');
  }

  #saved(saved, mode) {
    toast(t(mode === 'edit' ? 'services.saved' : 'services.added', { name: short(saved.name) }));
    this.#settle();
  }

  async #import() {
    const done = await importServices();
    if (done) {
      const { created, changed, deleted } = done.counts;
      toast(t('services.imported', { created, changed, deleted }));
      this.#settle();
    }
  }

  #open(more) {
    navigate(viewAddress(this.view, more), { ask: false });
  }

  // actions on one service and on many

  async #act({ name, row, button }) {
    switch (name) {
      case 'menu':
        this.querySelector('row-menu').open(button, row, (chosen) => this.#act({ name: chosen, row, button }));
        break;
      case 'edit':
        this.#open({ edit: row.name });
        break;
      case 'duplicate':
        this.#open({ add: row.name });
        break;
      case 'check':
        await showCheck(row.name);
        this.#refresh();
        break;
      case 'pause':
      case 'resume':
        await pauseOne(row, name === 'pause');
        this.#settle();
        break;
      case 'chart':
        location.assign(servicePage(row.name));
        break;
      case 'history':
        navigate(address('/admin/history', { service: row.name }));
        break;
      case 'open':
        window.open(row.url, '_blank', 'noopener,noreferrer');
        break;
      case 'delete': {
        const beside = this.#list.beside(button);
        if (await deleteOne(row)) {
          this.#selection.forget(row.id);
          this.#settle();
          if (document.activeElement === button || document.activeElement === document.body) {
            (beside?.isConnected ? beside : this.querySelector('.view-head .button.primary')).focus({ preventScroll: true });
          }
        }
      }
    }
  }

  async #choose({ index, chosen, range }) {
    await this.#selection.setAt(this.#rows, index, chosen, range);
    this.version++;
  }

  async #chooseAll(chosen) {
    this.#collect?.abort();
    this.collecting = null;
    this.#selection.clear();
    this.version++;
    if (!chosen) {
      return;
    }
    const abort = new AbortController();
    this.#collect = abort;
    try {
      await this.#selection.addAll(this.view, abort.signal, (done, total) => {
        this.collecting = done < total ? { done, total } : null;
      });
      this.said = t('services.selected', { count: this.#selection.size });
    } catch (e) {
      if (!abort.signal.aborted) {
        toast(explain(e), { kind: 'bad' });
      }
    }
    this.collecting = null;
    this.version++;
  }

  #done({ kind, run }) {
    if (kind === 'delete' && run.failures.length === 0) {
      this.#selection.clear();
    }
    this.version++;
    this.#settle();
  }

  // rendering

  /** Switches between the table and the empty state. */
  willUpdate() {
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    if (focused) {
      this.updateComplete.then(() => focused.isConnected || this.querySelector('.view-head .button.primary').focus());
    }
  }

  render() {
    const rows = this.#rows;
    const none = rows.counts !== null && rows.counts.total === 0 && rows.matching === 0;
    return html`<div class="view-head">
        <h1>${t('services.title')}</h1>
        <div class="view-actions">
          <button type="button" class="button" @click=${() => this.#import()}>${icon('upload')}${t('services.import')}</button>
          ${none ? nothing : html`<button type="button" class="button" @click=${exportServices}>${icon('download')}${t('services.export')}</button>`}
          <button type="button" class="button primary" @click=${() => this.#open({ add: '' })}>${icon('plus')}${t('services.add')}</button>
        </div>
      </div>
      <p class="visually-hidden" role="status">${this.said ?? nothing}</p>
      <connection-banner .live=${this.#live} ?store=${this.storeReachable} .blind=${this.blind}></connection-banner>
      ${rows.error ? this.#failed(rows.error) : nothing}
      ${rows.counts === null ? this.#coming() : none ? this.#empty() : this.#table()}
      <row-menu></row-menu>`;
  }

  #coming() {
    return this.#rows.error ? nothing : html`<p class="empty"><span class="spinner"></span><span class="muted">${t('loading')}</span></p>`;
  }

  #failed(error) {
    return html`<div class="banner bad" role="alert"><span class="wrap">${explain(error)}</span>
      <button type="button" class="button small" @click=${() => this.#rows.show(this.view)}>${t('try.again')}</button></div>`;
  }

  #empty() {
    return html`<div class="empty card">${icon('services')}
      <h2>${t('services.empty.title')}</h2><p>${t('services.empty.text')}</p>
      <button type="button" class="button primary" @click=${() => this.#open({ add: '' })}>${icon('plus')}${t('services.add.first')}</button>
    </div>`;
  }

  #table() {
    const rows = this.#rows;
    return html`${attention(this.view, rows.counts)}
      <service-filters .view=${this.view} .counts=${rows.counts} .groups=${this.groups} .labels=${this.labels}
        @filter=${(event) => this.#show(event.detail)}></service-filters>
      <p class="matching muted">${this.collecting
        ? html`<span class="spinner"></span> ${t('services.collecting', this.collecting)}`
        : t(narrows(this.view) ? 'services.matching' : 'services.count', { count: rows.matching })}</p>
      ${rows.matching === 0 && !rows.loading ? this.#nothingFound() : nothing}
      <service-list class=${rows.loading ? 'loading' : ''} ?hidden=${rows.matching === 0} .rows=${rows} .view=${this.view}
        .selection=${this.#selection} .uptimes=${this.#uptimes} .version=${this.version}
        @seen=${() => rows.want(...this.#list.range)} @sort=${(event) => this.#show({ sort: event.detail })}
        @choose=${(event) => this.#choose(event.detail)} @choose-all=${(event) => this.#chooseAll(event.detail)}
        @act=${(event) => this.#act(event.detail)}></service-list>
      <bulk-bar .selection=${this.#selection} .version=${this.version} .groups=${this.groups}
        @clear=${() => this.#chooseAll(false)} @done=${(event) => this.#done(event.detail)}></bulk-bar>`;
  }

  #nothingFound() {
    return html`<div class="empty"><h2>${t('services.nothing')}</h2>
      <button type="button" class="button" @click=${() => this.#show(unfiltered())}>${t('services.filter.clear')}</button></div>`;
  }
}

customElements.define('admin-services', AdminServices);
