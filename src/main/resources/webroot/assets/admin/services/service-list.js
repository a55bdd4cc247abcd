import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from '../../lib/element.js';
import { t } from '../../lib/i18n.js';
import { icon } from '../../components/icons.js';
import { ColumnShares } from './column-shares.js';
import './service-line.js';
import { Slots } from './slots.js';

/** Rows rendered above and below the viewport, for smooth scrolling and so that Tab reaches the next row. */
const SPARE = 8;
/** Row height in rem; must match the style sheet. */
const ROW = 4;
const CARD = 11;
/** Below this width, in rem, rows are shown as cards. */
const NARROW = 60;
const CLOCK_MS = 15_000;

const COLUMNS = ['status', 'name', 'group', 'uptime', 'responseTime', 'lastChecked'];
/** Columns sorted descending on the first click: slowest and most recent first. */
const DESCENDING_FIRST = ['responseTime', 'lastChecked'];
const SORTABLE = ['status', 'name', 'group', 'responseTime', 'lastChecked'];

/**
 * The table of services. Only the visible rows are in the document; the page's own scrollbar reflects the whole list.
 *
 * Dispatches the events of its rows, and `sort` (the new order), `choose-all` (true or false) and `seen`.
 */
class ServiceList extends PageElement {
  static properties = {
    rows: { attribute: false },
    selection: { attribute: false },
    /** An {@link Uptimes}, kept informed of the visible services. */
    uptimes: { attribute: false },
    view: { attribute: false },
    /** Incremented when rows, selection or uptimes change. */
    version: { attribute: false },
    narrow: { state: true },
    range: { state: true },
    now: { state: true },
  };

  #slots = new Slots();
  #shares = new ColumnShares();
  #rem = 16;
  #clock = null;
  /** The service and control that had the focus at the last change of the rows. */
  #held = null;
  #frame = 0;
  #size = new ResizeObserver(() => this.#measure());
  #scrolled = () => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#look();
    });
  };

  constructor() {
    super();
    this.range = [0, 30];
    this.narrow = false;
    this.now = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#size.observe(this);
    window.addEventListener('scroll', this.#scrolled, { passive: true });
    window.addEventListener('resize', this.#scrolled);
    window.addEventListener('pointerdown', this.#letGo);
    this.#clock = setInterval(() => this.now++, CLOCK_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#size.disconnect();
    window.removeEventListener('scroll', this.#scrolled);
    window.removeEventListener('resize', this.#scrolled);
    window.removeEventListener('pointerdown', this.#letGo);
    clearInterval(this.#clock);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  get #height() {
    return (this.narrow ? CARD : ROW) * this.#rem;
  }

  #measure() {
    this.#rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.narrow = this.clientWidth < NARROW * this.#rem;
    this.#look();
  }

  /** Computes the visible rows. */
  #look() {
    const body = this.querySelector('.service-rows');
    if (!body) {
      return;
    }
    const top = body.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(-top / this.#height) - SPARE);
    const last = Math.max(0, Math.min(this.rows.matching - 1, Math.ceil((innerHeight - top) / this.#height) + SPARE));
    if (first !== this.range[0] || last !== this.range[1]) {
      this.range = [Math.min(first, last), last];
      this.dispatchEvent(new Event('seen'));
    }
  }

  /** The browser drops the focus when its row is moved or recreated; it is restored after the update. */
  willUpdate() {
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    const line = focused?.closest('service-line');
    if (line?.row) {
      this.#held = { id: line.row.id, control: focused.dataset.control };
    } else if (document.activeElement !== document.body) {
      this.#held = null;
    }
    if (this.#held) {
      this.updateComplete.then(this.#holdOn);
    }
  }

  #holdOn = async () => {
    const line = [...this.querySelectorAll('service-line')].find((one) => one.row?.id === this.#held?.id);
    await line?.updateComplete;
    if (line && this.#held && document.activeElement === document.body) {
      line.querySelector(`[data-control="${this.#held.control}"]`)?.focus({ preventScroll: true });
    }
  };

  /** A press elsewhere moved the focus on purpose: do not restore it. */
  #letGo = () => (this.#held = null);

  updated() {
    const body = this.querySelector('.service-rows');
    body.style.height = `${this.rows.matching * this.#height}px`;
    this.toggleAttribute('narrow', this.narrow);
    const seen = this.#seen();
    this.#shares.apply(this, seen);
    this.uptimes.want(seen.map(({ id }) => id));
    this.#scrolled();
  }

  render() {
    return html`<div role="table" class="service-table" aria-label=${t('services.title')} aria-colcount="8"
      aria-rowcount=${this.rows.matching + 1} aria-busy=${this.rows.loading ? 'true' : 'false'} @keydown=${this.#key}>
      <div role="rowgroup" class="service-head">
        <div role="row" aria-rowindex="1">
          <span role="columnheader" class="c-select">${this.#chooseAll()}</span>
          ${COLUMNS.map((name) => this.#header(name))}
          <span role="columnheader" class="c-actions"><span class="visually-hidden">${t('services.column.actions')}</span></span>
        </div>
      </div>
      <div role="rowgroup" class="service-rows">${repeat(this.#shown(), ({ slot }) => slot, (line) => this.#line(line))}</div>
    </div>`;
  }

  /** The visible rows, plus the row with the focus, which stays rendered while others scroll by. */
  #shown() {
    const [first, last] = this.range;
    const held = document.activeElement?.closest?.('service-line');
    const places = [];
    for (let index = first; index <= Math.min(last, this.rows.matching - 1); index++) {
      places.push(index);
    }
    if (held && this.contains(held) && held.index < this.rows.matching && !places.includes(held.index)) {
      held.index < first ? places.unshift(held.index) : places.push(held.index);
    }
    const lines = places.map((index) => {
      const row = this.rows.at(index);
      return { index, row, key: row?.id ?? index };
    });
    const slot = this.#slots.assign(lines.map(({ key }) => key));
    return lines.map((line) => ({ ...line, slot: slot(line.key) }));
  }

  #seen() {
    const [first, last] = this.range;
    return Array.from({ length: last - first + 1 }, (_, at) => this.rows.at(first + at)).filter(Boolean);
  }

  #line({ index, row }) {
    return html`<service-line .row=${row} .index=${index} .top=${index * this.#height} .now=${this.now}
      .uptime=${row ? this.uptimes.of(row.id) : null} .defaultInterval=${this.rows.defaultInterval}
      .chosen=${row !== null && this.selection.has(row.id)} @choose=${this.#pass} @act=${this.#pass}></service-line>`;
  }

  #pass(event) {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail }));
  }

  #chooseAll() {
    const { size } = this.selection;
    const all = size > 0 && size >= this.rows.matching;
    return html`<label class="hit"><input type="checkbox" .checked=${all} .indeterminate=${size > 0 && !all}
      aria-label=${t('services.select.all', { count: this.rows.matching })}
      @change=${(event) => this.dispatchEvent(new CustomEvent('choose-all', { detail: event.target.checked }))}></label>`;
  }

  #header(name) {
    const label = t(`services.column.${name}`);
    if (!SORTABLE.includes(name)) {
      return html`<span role="columnheader" class="c-${name}">${label}</span>`;
    }
    const { sort } = this.view;
    const by = sort.replace(/^-/, '') === name;
    const direction = by ? (sort.startsWith('-') ? 'descending' : 'ascending') : 'none';
    const next = by ? (sort.startsWith('-') ? name : `-${name}`) : DESCENDING_FIRST.includes(name) ? `-${name}` : name;
    return html`<span role="columnheader" class="c-${name}" aria-sort=${by ? direction : nothing}>
      <button type="button" class="sort ${direction}"
        @click=${() => this.dispatchEvent(new CustomEvent('sort', { detail: next }))}>${label}${by ? icon('fold') : nothing}</button>
    </span>`;
  }

  /** The same control in the next or previous row, which gets the focus when its row disappears. */
  beside(control) {
    const line = control?.closest('service-line');
    const at = (index) => [...this.querySelectorAll('service-line')].find((one) => one.index === index);
    const other = line && (at(line.index + 1) ?? at(line.index - 1));
    return other?.querySelector(`[data-control="${control.dataset.control}"]`) ?? null;
  }

  /** Arrow up and down move to the same control in the adjacent row. */
  #key(event) {
    const line = event.target.closest('service-line');
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!line || !step || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const other = [...this.querySelectorAll('service-line')].find((one) => one.index === line.index + step);
    const control = other?.querySelector(`[data-control="${event.target.dataset.control}"]`);
    if (control) {
      event.preventDefault();
      control.focus();
    }
  }
}

customElements.define('service-list', ServiceList);
