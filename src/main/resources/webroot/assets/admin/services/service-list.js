import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from '../../lib/element.js';
import { t } from '../../lib/i18n.js';
import { icon } from '../../components/icons.js';
import { ColumnShares } from './column-shares.js';
import './service-line.js';
import { Slots } from './slots.js';

/** Rows that are there above and below what is seen, so that scrolling meets no blank and Tab finds the next. */
const SPARE = 8;
/** In rem, as the style sheet has them. */
const ROW = 4;
const CARD = 11;
/** Narrower than this, in rem, rows are cards. */
const NARROW = 60;
const CLOCK_MS = 15_000;

const COLUMNS = ['status', 'name', 'group', 'uptime', 'responseTime', 'lastChecked'];
/** The first click on these headers shows what one looks for there: the slowest, the newest. */
const DESCENDING_FIRST = ['responseTime', 'lastChecked'];
const SORTABLE = ['status', 'name', 'group', 'responseTime', 'lastChecked'];

/**
 * The table. Of its rows only those are in the document that are seen; the page's own scrollbar shows where they are in
 * all.
 *
 * Dispatches what its rows do, and `sort` (the new order), `choose-all` (true or false) and `seen`.
 */
class ServiceList extends PageElement {
  static properties = {
    rows: { attribute: false },
    selection: { attribute: false },
    /** An {@link Uptimes}: told which services are seen. */
    uptimes: { attribute: false },
    view: { attribute: false },
    /** Counts up when rows, selection or uptimes have changed. */
    version: { attribute: false },
    narrow: { state: true },
    range: { state: true },
    now: { state: true },
  };

  #slots = new Slots();
  #shares = new ColumnShares();
  #rem = 16;
  #clock = null;
  /** The service and the control that had the focus when the rows last changed. */
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

  /** Which rows are seen now. */
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

  /** A row that holds the focus is moved with its service, or made again; the browser forgets the focus of both. */
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

  /** Somebody has pressed elsewhere: then nothing was forgotten. */
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

  /** What is seen, and the row that holds the focus: it stays where it is while others scroll by. */
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

  /** The same control of the next row, or of the one before: where the focus goes when its row does. */
  beside(control) {
    const line = control?.closest('service-line');
    const at = (index) => [...this.querySelectorAll('service-line')].find((one) => one.index === index);
    const other = line && (at(line.index + 1) ?? at(line.index - 1));
    return other?.querySelector(`[data-control="${control.dataset.control}"]`) ?? null;
  }

  /** Up and down go to the same control of the next row. */
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
