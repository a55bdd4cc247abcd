import { html, nothing } from 'lit';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';
import { columnsOf } from './points.js';
import { makePlot } from './plot.js';
import { saying, timeOf } from './words.js';

/**
 * The chart. For keyboard and screen reader it is a slider over its points, which announces their values.
 *
 * Dispatches `zoom` with `{from, to}` after a drag, `scale` with `{factor, at}` for a pinch, Ctrl + wheel, `+` and `-`,
 * `reset` after a double click, and `point` with the point under the cursor, or null.
 */
class ResponsePlot extends PageElement {
  static properties = { data: {}, range: {}, usual: {}, at: { state: true }, broken: { state: true } };

  #plot = null;
  #rows = [];
  #size = new ResizeObserver(([{ contentRect: { width } }]) => this.#plot?.setSize({ width, height: heightFor(width) }));
  #redraw = () => this.#plot?.redraw(false, true);

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('theme-changed', this.#redraw);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('theme-changed', this.#redraw);
    this.#size.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  async firstUpdated() {
    const frame = this.querySelector('.plot');
    try {
      this.#plot = await makePlot(frame, {
        width: frame.clientWidth,
        height: heightFor(frame.clientWidth),
        range: () => this.range,
        rows: () => this.#rows,
        step: () => this.data.step,
        zoom: (range) => this.#tell('zoom', range),
        reset: () => this.#tell('reset'),
        moved: (row) => this.#point(row),
      });
    } catch {
      this.broken = true; // the chart library failed to load; the table remains
      return;
    }
    frame.addEventListener('wheel', this.#wheel, { passive: false });
    this.#size.observe(frame);
    this.#show();
  }

  updated(changed) {
    if (changed.has('data') || changed.has('range')) {
      this.#show();
    }
  }

  #show() {
    const { columns, rows, alone } = columnsOf(this.data, this.usual);
    this.#rows = rows;
    this.#plot?.setData(columns, alone);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #point(row) {
    this.at = row;
    this.#tell('point', row === null ? null : this.#rows[row]);
  }

  #wheel = (event) => {
    if (event.ctrlKey) {
      event.preventDefault(); // touchpad pinches also arrive as wheel events
      this.#tell('scale', { factor: event.deltaY > 0 ? 1.25 : 0.8, at: this.#plot.timeAt(event.clientX) });
    }
  };

  #key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const known = this.#rows.flatMap((row, i) => (row ? [i] : []));
    const now = known.indexOf(this.at);
    const to = {
      ArrowRight: Math.min(known.length - 1, now + 1),
      ArrowUp: Math.min(known.length - 1, now + 1),
      ArrowLeft: now < 0 ? known.length - 1 : Math.max(0, now - 1),
      ArrowDown: now < 0 ? known.length - 1 : Math.max(0, now - 1),
      PageUp: Math.min(known.length - 1, now + 10),
      PageDown: Math.max(0, now - 10),
      Home: 0,
      End: known.length - 1,
    }[event.key];
    if (to !== undefined) {
      this.#plot?.moveTo(known[to]);
    } else if (event.key === '+' || event.key === '-') {
      this.#tell('scale', { factor: event.key === '+' ? 0.5 : 2, at: undefined });
    } else if (event.key === '0') {
      this.#tell('reset');
    } else if (event.key === 'Escape') {
      this.#plot?.moveTo(null);
    } else {
      return;
    }
    event.preventDefault();
  };

  render() {
    const row = this.at === null || this.at === undefined ? null : (this.#rows[this.at] ?? null);
    return html`
      ${this.broken ? html`<p class="muted">${t('service.chart.broken')}</p>` : nothing}
      <div class="plot" ?hidden=${this.broken} tabindex="0" role="slider" aria-readonly="true"
        aria-label=${t('service.chart.label')} aria-describedby="chart-keys"
        aria-valuemin="0" aria-valuemax=${Math.max(0, this.data.points.length - 1)}
        aria-valuenow=${row ? this.data.points.indexOf(row) : 0}
        aria-valuetext=${row ? `${timeOf(row, this.data.step, this.data.to)}: ${saying(row)}` : t('service.chart.no.point')}
        @keydown=${this.#key} @blur=${() => this.#plot?.moveTo(null)}></div>
      <p id="chart-keys" class="visually-hidden">${t('service.chart.keys')}</p>`;
  }
}

const heightFor = (width) => (width < 520 ? 240 : 300);

customElements.define('response-plot', ResponsePlot);
