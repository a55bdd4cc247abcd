import { html, nothing } from 'lit';
import '../components/connection-banner.js';
import { statusIcon } from '../components/icons.js';
import '../components/live-announcer.js';
import { address, get } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { reasonsCounted } from '../lib/verdict.js';
import { Live } from '../lib/live.js';
import './down-list.js';
import { figures } from './figures.js';
import { egressAdvice } from './nodes/advice.js';
import { nodeTroubles } from './nodes/troubles.js';
import { troubleList } from './trouble-list.js';
import { troubles } from './troubles.js';
import './warned-list.js';

const REFRESH_MS = 5_000;
const RELOAD_MS = 1_000;
const SHOWN = 20;
const REASONS = ['egress', 'resolver', 'parent'];
const COUNTED = ['total', 'down', 'up', 'unknown', 'paused'];

/** The services that are down, and the health of the service itself. */
class AdminDashboard extends PageElement {
  static properties = {
    status: { state: true },
    down: { state: true },
    schedule: { state: true },
    store: { state: true },
    nodes: { state: true },
    silent: { state: true },
    problem: { state: true },
  };

  #live = new Live();
  #refreshing = null;
  #reloading = null;

  constructor() {
    super();
    this.down = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#live.addEventListener('summary', (event) => (this.status = { ...this.status, ...event.detail }));
    this.#live.addEventListener('transition', (event) => this.#changed(event.detail.service, event.detail));
    this.#live.addEventListener('saved', (event) => this.#changed(event.detail.service));
    this.#live.addEventListener('removed', (event) => {
      this.down = this.down.filter((service) => service.id !== event.detail.id);
    });
    this.#live.addEventListener('reset', () => this.#reloadSoon());
    document.addEventListener('visibilitychange', this.#seen);
    this.#load().then(() => this.isConnected && this.#live.start(this.status?.event));
    this.#measure();
    this.#refreshing = setInterval(() => !document.hidden && this.#measure(), REFRESH_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#live.stop();
    document.removeEventListener('visibilitychange', this.#seen);
    clearInterval(this.#refreshing);
    clearTimeout(this.#reloading);
  }

  #seen = () => !document.hidden && this.#measure();

  async #load() {
    try {
      const status = await get('/api/status', { status: 'down', sort: '-since', limit: SHOWN });
      this.down = status.services;
      this.status = status;
      this.problem = null;
    } catch (e) {
      this.problem = explain(e);
    }
  }

  /** Clears figures that cannot be loaded, so that old ones are not taken for current. */
  async #measure() {
    const [schedule, store, nodes] = await Promise.allSettled(['schedule', 'store', 'nodes'].map((of) => get(`/api/${of}`)));
    this.schedule = schedule.value;
    this.nodes = nodes.value;
    this.store = store.value;
    // sessions cannot be looked up without the store
    this.silent = store.reason?.status === 503;
  }

  #reloadSoon() {
    this.#reloading ??= setTimeout(() => {
      this.#reloading = null;
      this.#load();
    }, RELOAD_MS);
  }

  /** Puts the newest failure first. If more are down than shown, the server decides which come next. */
  #changed(service, transition = null) {
    const others = this.down.filter((other) => other.id !== service.id);
    const known = this.down.find((other) => other.id === service.id);
    const isDown = service.status === 'down' && !service.paused;
    if (!isDown && known && this.down.length >= SHOWN) {
      this.#reloadSoon();
    }
    this.down = isDown
      ? [...others, service].sort((a, b) => (b.since ?? 0) - (a.since ?? 0)).slice(0, SHOWN)
      : others;
    if (transition) {
      this.querySelector('live-announcer')?.changed(service.name, transition.to);
    }
  }

  #troubles() {
    const own = troubles(this.schedule, this.store, this.silent || this.status?.storeReachable === false);
    return this.nodes?.storeReachable ? [...own, ...nodeTroubles(this.nodes)] : own;
  }

  render() {
    return html`<div class="view-head"><h1>${t('admin.nav.dashboard')}</h1></div>
      <live-announcer></live-announcer>
      <connection-banner .live=${this.#live}></connection-banner>
      ${troubleList(this.#troubles())}
      ${this.content()}`;
  }

  content() {
    if (!this.status) {
      return this.problem
        ? html`<div class="card empty" role="alert"><p>${this.problem}</p>
            <button type="button" class="button" @click=${() => this.#load()}>${t('try.again')}</button></div>`
        : html`<p class="muted">${t('loading')}</p>`;
    }
    const { counts } = this.status;
    return html`${counts.total === 0
        ? html`<div class="card empty"><h2>${t('admin.none')}</h2><p>${t('admin.noneText')}</p>
            <a class="button primary" href=${address('/admin/services?add')}>${t('admin.addFirst')}</a></div>`
        : html`<down-list .services=${this.down} .total=${counts.down} .blind=${counts.blind}></down-list>
            <warned-list .total=${counts.warnings}></warned-list>`}
      <ul class="counts" aria-label=${t('admin.counts')}>${COUNTED.map((name) => this.count(name, counts[name]))}${
        ['degraded', 'flapping'].map((name) => (counts[name] > 0 ? this.aside(name, counts[name]) : nothing))}</ul>
      ${this.reasons(counts.reasons ?? {})}
      ${figures(this.schedule, this.store)}
      ${counts.total > 0 ? egressAdvice(this.nodes) : nothing}`;
  }

  #word(name) {
    const isKnownWhy = name === 'unknown' && reasonsCounted(this.status.counts).length > 0;
    return t(isKnownWhy ? 'status.unknown.now' : `status.${name}`);
  }

  /** A count of services that are also in one of the states. */
  aside(name, count) {
    return html`<li><span class="card count">
      <span class="count-number number">${number(count)}</span>
      <span class="status ${name === 'degraded' ? name : 'unknown'}">${statusIcon(name)}<span>${t(`status.${name}`)}</span></span>
    </span></li>`;
  }

  reasons(counts) {
    const found = REASONS.filter((reason) => counts[reason] > 0);
    return found.length === 0
      ? nothing
      : html`<ul class="reasons muted" aria-label=${t('admin.reasons')}>${found.map(
          (reason) => html`<li>${t(`admin.reason.${reason}`, { count: counts[reason] })}</li>`)}</ul>`;
  }

  count(name, count) {
    const href = address('/admin/services', { status: name === 'total' ? null : name });
    const marked = name === 'down' && count > 0 ? 'alarm' : '';
    return html`<li><a class="card count ${marked}" href=${href}>
      <span class="count-number number">${number(count)}</span>
      ${name === 'total'
        ? html`<span class="muted">${t('admin.count.total', { count })}</span>`
        : html`<span class="status ${name}">${statusIcon(name)}<span>${this.#word(name)}</span></span>`}
    </a></li>`;
  }
}

customElements.define('admin-dashboard', AdminDashboard);
