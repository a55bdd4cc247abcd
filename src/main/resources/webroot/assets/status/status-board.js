import { html, nothing } from 'lit';
import { PageElement } from '../lib/element.js';
import { address, findSession, get } from '../lib/api.js';
import { explainReading } from '../lib/errors.js';
import { showIcon } from '../lib/favicon.js';
import { cellsOf } from '../lib/cells.js';
import { t } from '../lib/i18n.js';
import '../components/connection-banner.js';
import '../components/live-announcer.js';
import { legendOf } from '../components/uptime-bar.js';
import '../lib/virtual-list.js';
import './attention-list.js';
import { BoardData } from './board-data.js';
import './board-toolbar.js';
import { groupHead } from './group-head.js';
import { HEIGHTS, Rows } from './rows.js';
import './service-row.js';
import { Uptimes } from '../lib/uptimes.js';
import { ALL, remembered, sharedFilter, showFilter } from './remembered.js';
import './verdict-panel.js';

const NEAR = 30; // rows beyond the viewport to load
const NARROW = matchMedia('(max-width: 48rem)');

/** Number of services that are unknown because the monitor's own network is lost. */
const unseen = ({ reasons }) => (reasons?.egress ?? 0) + (reasons?.resolver ?? 0);

/**
 * The status page below its header: verdict, toolbar, and the list of groups and services. Dispatches `reached` on the
 * server's first response.
 */
class StatusBoard extends PageElement {
  static properties = { siteName: {}, signedIn: { state: true } };

  #data = new BoardData();
  #uptimes = new Uptimes(() => this.#show());
  #memory = remembered();
  /** Groups folded during a search or filter, which otherwise unfolds all groups regardless of the stored state. */
  #foldedNow = new Set();
  #rows = new Rows([], () => false, HEIGHTS.wide);
  #rowsOf = null;
  #range = { first: 0, last: 20 };
  #toSay = false;
  #reached = false;

  constructor() {
    super();
    this.siteName = '';
    this.signedIn = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#data.filter = sharedFilter();
    this.#data.addEventListener('change', () => this.#changed());
    this.#data.addEventListener('transition', ({ detail }) => {
      this.#uptimes.outdate(detail.service.id);
      this.querySelector('live-announcer')?.changed(detail.service.name, detail.to);
    });
    NARROW.addEventListener('change', () => this.#show());
    window.addEventListener('popstate', () => this.#apply(sharedFilter()));
    this.addEventListener('click', this.#followed);
    this.#data.start();
    findSession().then(this.#found, () => {}); // on failure, show the visitor's page
  }

  #found = (signedIn) => {
    this.signedIn = signedIn;
    this.#data.attention.signedIn = signedIn;
    if (signedIn && this.#data.ready) {
      this.#data.attention.refresh();
    }
  };

  get #filtered() {
    return this.#data.filter.q !== '' || this.#data.filter.show !== 'all';
  }

  get #folded() {
    return this.#filtered ? this.#foldedNow : this.#memory.folded;
  }

  #changed() {
    const { summary, ready, searching } = this.#data;
    this.#title();
    if (ready) {
      if (!this.#reached) {
        this.#reached = true;
        this.dispatchEvent(new Event('reached'));
      }
      if (summary.counts.total === 0) {
        this.#maybeSetUp();
      }
      if (this.#toSay && !searching) {
        this.#toSay = false;
        this.querySelector('live-announcer')?.say(t('board.found', { count: this.#data.matching }));
      }
    }
    this.#show();
  }

  /** The state comes before the name, since a tab shows only the first letters. */
  #title() {
    const { summary, live } = this.#data;
    const count = summary?.counts.down ?? 0;
    const name = this.siteName;
    document.title =
      live.state === 'lost' ? t('board.title.lost', { name }) : count ? t('board.title.down', { count, name }) : name;
    if (summary) {
      showIcon(live.state === 'lost' ? 'lost' : summary.overall);
    }
  }

  updated(changed) {
    if (changed.has('siteName')) {
      this.#title();
    }
  }

  /** Recomputes the rows if groups, folding or width have changed; loads data missing in the viewport. */
  #show() {
    const { groups } = this.#data;
    const heights = NARROW.matches ? HEIGHTS.narrow : HEIGHTS.wide;
    const of = [groups, heights, this.#folded, this.#folded.size];
    if (!this.#rowsOf || of.some((part, i) => part !== this.#rowsOf[i])) {
      this.#rowsOf = of;
      this.#rows = new Rows(groups, (name) => this.#folded.has(name), heights);
    }
    this.#ask();
    this.requestUpdate();
  }

  #ask() {
    const wanted = [];
    const ids = [];
    let firstSeen = null;
    const { first, last } = this.#range;
    for (let i = Math.max(0, first - NEAR); i <= Math.min(last + NEAR, this.#rows.count - 1); i++) {
      const { offset } = this.#rows.at(i);
      if (offset !== undefined) {
        wanted.push(offset);
        if (i >= first && i <= last) {
          firstSeen ??= offset;
          ids.push(this.#data.pages.at(offset)?.id);
        }
      }
    }
    this.#data.pages.see(wanted, firstSeen ?? wanted[0] ?? 0);
    this.#uptimes.want(ids.filter(Boolean));
  }

  async #maybeSetUp() {
    try {
      const { completed } = await get('/api/setup/status');
      if (!completed) {
        location.replace(address('/setup'));
      }
    } catch {
      // the page shows the empty state
    }
  }

  render() {
    const { ready, error, summary, live, filter, matching } = this.#data;
    if (!ready) {
      return html`${error ? this.#unreachable(error) : html`<div class="empty" role="status">
        <span class="spinner"></span><p>${t('loading')}</p></div>`}`;
    }
    const blind = summary.storeReachable ? 0 : summary.counts.blind;
    const old = live.state === 'lost' || blind > 0;
    const attention = this.#filtered ? [] : this.#data.attention.services; // not repeated above search results
    return html`<live-announcer></live-announcer>
      <connection-banner .live=${live} .store=${summary.storeReachable} .blind=${blind} .unseen=${unseen(summary.counts)}>
      </connection-banner>
      <div class=${old ? 'board old' : 'board'}>
        ${summary.counts.total === 0
          ? this.#nothingYet()
          : html`<verdict-panel .summary=${summary} .old=${old} .state=${live.state} .listed=${attention.length > 0}>
            </verdict-panel>
            <attention-list .services=${attention} .total=${this.#data.attention.total}
              .notUp=${summary.counts.total - summary.counts.up} .detailed=${this.signedIn}></attention-list>
            <h2 class="visually-hidden">${t('board.services')}</h2>
            <board-toolbar .filter=${filter} .counts=${summary.counts} .period=${this.#memory.period}
              .foldable=${this.#foldable()} @filter=${this.#filter} @period=${this.#period} @fold=${this.#foldAll}>
            </board-toolbar>
            ${matching === 0 ? this.#nothingFound() : html`${this.#axis()}${this.#list()}`}`}
      </div>`;
  }

  /** The labels of both ends, shared by all bars below. */
  #axis() {
    const { first, last } = this.#range;
    let uptime = null;
    for (let i = first; i <= Math.min(last, this.#rows.count - 1) && !uptime; i++) {
      const { offset } = this.#rows.at(i);
      uptime = offset === undefined ? null : this.#uptimes.of(this.#data.pages.at(offset)?.id);
    }
    return html`<div class="axis">${legendOf(cellsOf(uptime, this.#memory.period))}</div>`;
  }

  #list() {
    return html`<virtual-list class="card" label=${t('board.services')} .layout=${this.#rows}
      .row=${(i) => this.#row(i)} .key=${(i) => this.#key(i)} @seen=${this.#seen}></virtual-list>`;
  }

  #row(index) {
    const row = this.#rows.at(index);
    if (row.group) {
      return groupHead(row, this.#filtered, this.#toggle);
    }
    const service = this.#data.pages.at(row.offset);
    return service
      ? html`<service-row .service=${service} .uptime=${this.#uptimes.of(service.id)} .period=${this.#memory.period}
          .detailed=${this.signedIn}></service-row>`
      : html`<div class="service loading"><span class="visually-hidden">${t('loading')}</span></div>`;
  }

  #key(index) {
    const row = this.#rows.at(index);
    return row.group ? `group ${row.group.name}` : (this.#data.pages.at(row.offset)?.id ?? index);
  }

  #seen = ({ detail }) => {
    this.#range = detail;
    this.#ask();
  };

  #toggle = (name) => {
    const folded = this.#folded;
    if (!folded.delete(name)) {
      folded.add(name);
    }
    this.#foldingChanged();
  };

  #foldable() {
    return this.#rows.grouped ? this.#data.groups.some((group) => !this.#folded.has(group.name)) : null;
  }

  #foldAll = ({ detail: fold }) => {
    this.#folded.clear();
    if (fold) {
      this.#data.groups.forEach((group) => this.#folded.add(group.name));
    }
    this.#foldingChanged();
  };

  #foldingChanged() {
    this.#rowsOf = null;
    this.#memory.save();
    this.#show();
  }

  #period = ({ detail }) => {
    this.#memory.period = detail;
    this.#memory.save();
    this.requestUpdate();
  };

  #filter = ({ detail }) => {
    showFilter(detail);
    this.#apply(detail);
  };

  /** Handles links that this page can show itself without loading; modified clicks keep the browser's behaviour. */
  #followed = (event) => {
    const show = event.target.closest('a[data-show]')?.dataset.show;
    if (show && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      const filter = { q: '', show };
      showFilter(filter, true);
      this.#apply(filter);
    }
  };

  #apply(filter) {
    const { q, show } = this.#data.filter;
    if (filter.q === q && filter.show === show) {
      return; // the user has navigated elsewhere on the page
    }
    this.#foldedNow = new Set();
    this.#toSay = true;
    this.#data.search(filter);
    this.#toTop();
    this.#show();
  }

  /** Scrolls to the first results. */
  #toTop() {
    const list = this.querySelector('virtual-list');
    const bar = this.querySelector('board-toolbar');
    const hidden = list && bar ? bar.getBoundingClientRect().bottom - list.getBoundingClientRect().top : 0;
    if (hidden > 0) {
      window.scrollBy({ top: -hidden, behavior: 'instant' });
    }
  }

  #nothingFound() {
    const { q, show } = this.#data.filter;
    return html`<div class="card empty">
      <p class="wrap">${q
        ? t('board.nothing.found', { q })
        : show in this.#data.summary.counts ? t('board.nothing.shown', { state: t(`status.${show}`) }) : t('board.nothing.not.up')}</p>
      <button type="button" class="button" @click=${() => this.#filter({ detail: ALL })}>
        ${t('board.clear')}</button>
    </div>`;
  }

  #nothingYet() {
    return html`<div class="card empty">
      <h1>${t('board.none')}</h1>
      <p>${t('board.none.text')}</p>
      <a class="button" href=${address('/admin')}>${t('board.none.add')}</a>
    </div>`;
  }

  #unreachable(error) {
    return html`<div class="card empty" role="alert">
      <h1>${t('board.unreachable')}</h1>
      <p>${explainReading(error)} ${t('board.unreachable.text')}</p>
      <button type="button" class="button" @click=${() => this.#data.load(true)}>${t('try.again')}</button>
    </div>`;
  }
}

customElements.define('status-board', StatusBoard);
