import { html, nothing } from 'lit';
import { whileBusy } from '../components/busy.js';
import { described, field, invalid } from '../components/field.js';
import { statusBadge, statusIcon } from '../components/icons.js';
import { attemptsInWords } from '../lib/attempts.js';
import { failureWord } from '../lib/failure.js';
import { degradedReason } from '../lib/verdict.js';
import { peerLine } from '../components/peer-line.js';
import { toast } from '../components/toast.js';
import { get } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { dateTime, milliseconds } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { MOST, download } from './history/csv.js';
import './history/service-choice.js';
import { FAILURES, PERIODS, asQuery, fromLocal, readView, toLocal, viewAddress } from './history/view.js';
import { navigate } from './router.js';

const PAGE = 100;

/** The checks of one service, newest first, filtered. The filters are kept in the address. */
class AdminHistory extends PageElement {
  static properties = {
    view: { state: true },
    checks: { state: true },
    cursor: { state: true },
    loading: { state: true },
    error: { state: true },
    written: { state: true },
  };

  #now = 0;
  #abort = new AbortController();
  #routed = () => this.#follow();

  constructor() {
    super();
    this.view = readView();
    this.checks = null;
    this.cursor = null;
    this.loading = false;
    this.error = null;
    this.written = null;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('route', this.#routed);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('route', this.#routed);
    this.#abort.abort();
  }

  #follow() {
    const view = readView();
    if (JSON.stringify(view) !== JSON.stringify(this.view)) {
      this.view = view;
      this.load();
    }
  }

  #show(change) {
    navigate(viewAddress({ ...this.view, ...change }), { replace: true, ask: false });
  }

  get #disordered() {
    const { period, from, to } = this.view;
    return period === 'own' && from !== null && to !== null && from > to;
  }

  /** Loads the first page of the view; the current rows stay until it arrives. */
  async load() {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.error = null;
    if (this.view.service === '' || this.#disordered) {
      this.checks = this.view.service === '' ? null : this.checks;
      this.loading = false;
      return;
    }
    this.#now = Date.now();
    await this.#read(null);
  }

  async #read(cursor) {
    const { signal } = this.#abort;
    this.loading = true;
    try {
      const answer = await get('/api/history', { ...asQuery(this.view, this.#now), limit: PAGE, cursor }, { signal });
      this.checks = cursor ? [...this.checks, ...answer.history] : answer.history;
      this.cursor = answer.cursor;
      this.error = null;
    } catch (e) {
      if (!signal.aborted) {
        this.error = e;
      }
    }
    if (!signal.aborted) {
      this.loading = false;
    }
  }

  async #more(button) {
    const before = this.checks.length;
    await whileBusy(button, () => this.#read(this.cursor));
    await this.updateComplete;
    if (!button.isConnected) {
      // the button disappears with the last page: move the focus to the first new row
      this.querySelectorAll('tbody tr')[before]?.focus({ preventScroll: true });
    }
  }

  async #download(button) {
    await whileBusy(button, async () => {
      try {
        this.written = 0;
        const query = asQuery(this.view, this.#now);
        const { count, cut } = await download(query, this.#abort.signal, (written) => (this.written = written));
        toast(t('history.csv.done', { count }));
        if (cut) {
          toast(t('history.csv.cut', { count: MOST }), { kind: 'info' });
        }
      } catch (e) {
        if (e.name !== 'AbortError') {
          toast(explain(e), { kind: 'bad' });
        }
      }
      this.written = null;
    });
  }

  // rendering

  render() {
    return html`<div class="view-head"><h1>${t('history.title')}</h1></div>
      <div class="history-filters" role="search" aria-label=${t('history.title')}>
        <service-choice .value=${this.view.service} @service=${(event) => this.#show({ service: event.detail })}></service-choice>
        ${this.#periods()} ${this.#statuses()}
      </div>
      ${this.error ? this.#failed() : nothing}
      ${this.view.service === '' ? html`<p class="empty muted">${t('history.choose')}</p>` : this.checks ? this.#found() : this.#coming()}`;
  }

  #periods() {
    const { period, from, to } = this.view;
    const problem = this.#disordered ? t('history.order') : null;
    const names = [...Object.keys(PERIODS), 'own'];
    const choose = (value) => this.#show(value === 'own' ? { period: value, from: Date.now() - PERIODS.day, to: null } : { period: value });
    return html`${this.#select('period', period, names.map((name) => [name, t(`history.period.${name}`)]), choose)}
      ${period === 'own' ? [this.#moment('from', from), this.#moment('to', to, problem)] : nothing}`;
  }

  #moment(name, value, problem = null) {
    const parts = { id: `history-${name}`, label: t(`history.${name}`), problem };
    return field(
      parts,
      html`<input id=${parts.id} type="datetime-local" .value=${toLocal(value)} max="9999-12-31T23:59"
        aria-invalid=${invalid(problem)} aria-describedby=${described(parts)}
        @change=${(event) => this.#show({ [name]: fromLocal(event.target.value) })}>`,
    );
  }

  #statuses() {
    const { status, error } = this.view;
    const statuses = [['', t('history.status.all')], ['up', t('status.up')], ['down', t('status.down')]];
    const failures = [['', t('history.error.all')], ...FAILURES.map((name) => [name, t(`failure.${name}`)])];
    return html`${this.#select('status', status ?? '', statuses, (value) => this.#show({ status: value || null, error: value === 'up' ? null : error }))}
      ${status === 'up' ? nothing : this.#select('error', error ?? '', failures, (value) => this.#show({ error: value || null }))}`;
  }

  #select(name, chosen, options, choose) {
    const id = `history-${name}`;
    return field(
      { id, label: t(`history.${name}`) },
      html`<select id=${id} @change=${(event) => choose(event.target.value)}>${options.map(
        ([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`,
      )}</select>`,
    );
  }

  #coming() {
    return this.loading ? html`<p class="empty"><span class="spinner"></span><span class="muted">${t('loading')}</span></p>` : nothing;
  }

  #failed() {
    const text = this.error.status === 404 ? t('history.gone') : explain(this.error);
    return html`<div class="banner bad" role="alert"><span class="wrap">${text}</span>
      <button type="button" class="button small" @click=${() => this.load()}>${t('try.again')}</button></div>`;
  }

  #found() {
    const count = this.checks.length;
    return html`<div class="history-count">
        <p class="muted" role="status">${count === 0 ? t('history.nothing') : t(this.cursor ? 'history.shown.more' : 'history.shown', { count })}</p>
        ${this.loading ? html`<span class="spinner"></span>` : nothing}
        <span class="space"></span>
        ${this.written === null ? nothing : html`<span class="muted number" role="status">${t('history.csv.running', { count: this.written })}</span>`}
        ${count === 0 ? nothing : html`<button type="button" class="button" @click=${(event) => this.#download(event.currentTarget)}>${t('history.csv')}</button>`}
      </div>
      ${count === 0 ? nothing : this.#table()}
      ${this.cursor
        ? html`<p class="history-more"><button type="button" class="button" @click=${(event) => this.#more(event.currentTarget)}>${t('history.more')}</button></p>`
        : nothing}`;
  }

  #table() {
    // explicit roles, because browsers drop table semantics when rows are displayed as cards
    const columns = ['time', 'status', 'responseTime', 'statusCode', 'error'];
    return html`<table class="history-table card ${this.loading ? 'loading' : ''}" role="table" aria-label=${t('history.title')}>
      <thead role="rowgroup"><tr role="row">${columns.map((name) => html`<th role="columnheader" scope="col">${t(`history.column.${name}`)}</th>`)}</tr></thead>
      <tbody role="rowgroup">${this.checks.map((check) => this.#check(check))}</tbody>
    </table>`;
  }

  #check(check) {
    const { timestamp, status, responseTime, statusCode, error, degraded, degradedBy, ...peer } = check;
    const attempts = attemptsInWords(check);
    return html`<tr role="row" tabindex="-1">
      <td role="cell" class="number"><time datetime=${new Date(timestamp).toISOString()}>${dateTime(timestamp)}</time></td>
      <td role="cell">${status === 'unknown' ? unknownBadge() : statusBadge(degraded ? 'degraded' : status)}</td>
      <td role="cell" class="number">${milliseconds(responseTime)}</td>
      <td role="cell" class="number">${statusCode ? html`<span class="phone-label">HTTP </span>${statusCode}` : html`<span class="wide-cell">${t('none')}</span>`}</td>
      <td role="cell" class="wrap failure">${error ? html`<strong>${failureWord(error)}</strong> ${error.text} ${peerLine(peer)}` : nothing}${
        degraded ? html`<strong>${degradedReason(check)}</strong> ${degradedBy?.text}` : nothing}${
        attempts ? html`<span class="attempts muted">${attempts}</span>` : nothing}</td>
    </tr>`;
  }
}

/** A check that said nothing about the service. */
const unknownBadge = () => html`<span class="status unknown">${statusIcon('unknown')}<span>${t('status.unknown.now')}</span></span>`;

customElements.define('admin-history', AdminHistory);
