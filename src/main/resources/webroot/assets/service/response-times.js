import { html, nothing } from 'lit';
import { get } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explainReading } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { chartKey } from './chart-key.js';
import { periodButtons, tableButton, zoomButtons } from './chart-tools.js';
import { problem } from './instead.js';
import { asPoint, totalOf } from './points.js';
import { lastOf, moved, PERIODS, reachesNow, within, zoomed } from './range.js';
import { timesTable } from './times-table.js';
import { saying, summary, timeOf } from './words.js';
import './response-plot.js';

const touched = matchMedia('(hover: none)');

/**
 * Response times over a selectable time range, as a chart or a table. Each range is loaded separately, at the
 * resolution that fits the width.
 */
class ResponseTimes extends PageElement {
  static properties = {
    entry: {},
    round: {},
    period: { state: true },
    range: { state: true },
    data: { state: true },
    asTable: { state: true },
    point: { state: true },
    busy: { state: true },
    problem: { state: true },
  };

  #follows = true;
  #chosen = 'day';
  #asked = null;
  #timer = null;

  constructor() {
    super();
    this.#choose('day', false);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#asked?.abort();
  }

  willUpdate(changed) {
    if (changed.has('round')) {
      this.#load();
    } else if (changed.has('entry')) {
      this.#append();
    }
  }

  #choose(period, load = true) {
    this.period = period;
    this.#chosen = period;
    this.#show(lastOf(PERIODS[period], Date.now()), load);
  }

  #show(range, load = true) {
    this.range = range;
    this.#follows = reachesNow(range, Date.now());
    this.point = null;
    if (load) {
      this.#load();
    }
  }

  #reset = () => this.#choose(this.#chosen);

  #zoom(range) {
    this.period = null;
    this.#show(range);
  }

  /** Scales around a time; by default the marked point, or else the present if the chart follows it. */
  #scale(factor, at = this.point?.timestamp ?? (this.#follows ? this.range.to : undefined)) {
    this.#zoom(zoomed(this.range, factor, Date.now(), at));
  }

  #move(share) {
    this.#zoom(moved(this.range, share, Date.now()));
  }

  #load = async () => {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    if (this.#follows) {
      this.range = lastOf(this.range.to - this.range.from, Date.now());
    }
    const points = Math.min(300, Math.max(80, Math.round((this.clientWidth || 900) / 4)));
    const slow = setTimeout(() => (this.busy = true), 300);
    try {
      const query = { service: this.entry.name, ...this.range, points };
      const data = await get('/api/response-times', query, { signal: asked.signal });
      const first = !this.data;
      this.data = data;
      this.problem = null;
      if (first && data.points[0]?.timestamp > data.to - PERIODS.hour) {
        this.#choose('hour'); // a day would show only a dot
        return;
      }
    } catch (e) {
      if (asked.signal.aborted) {
        return;
      }
      this.problem = explainReading(e);
    } finally {
      clearTimeout(slow);
      if (this.#asked === asked) {
        this.busy = false;
      }
    }
    this.#goOn();
  };

  /** Merges the checks received as events into the steps, periodically. */
  #goOn() {
    const wait = Math.min(300_000, Math.max(30_000, this.data?.step ?? 0));
    this.#timer = setTimeout(() => (document.hidden || !this.#follows ? this.#goOn() : this.#load()), wait);
  }

  #append() {
    const { lastChecked, paused, status } = this.entry;
    const points = this.data?.points;
    if (!points || !this.#follows || paused || status === 'unknown') {
      return;
    }
    const counted = this.data.counted ?? this.data.to; // earlier checks are already in the steps
    if (lastChecked <= Math.max(counted, points.at(-1)?.timestamp ?? 0)) {
      return;
    }
    const to = Math.max(Date.now(), lastChecked);
    this.data = { ...this.data, counted, to, points: [...points, asPoint(this.entry)] };
    this.range = lastOf(this.range.to - this.range.from, to);
  }

  render() {
    return html`
      <section class="card times" aria-labelledby="times">
        <div class="section-head">
          <h2 id="times">${t('service.times')}</h2>
          ${periodButtons(this.period, (period) => this.#choose(period))}
        </div>
        ${this.problem ? problem(this.problem, this.#load) : nothing}
        ${this.data ? this.#shown() : this.problem ? nothing : html`<p class="muted late placeholder">${t('loading')}</p>`}
      </section>`;
  }

  #shown() {
    const { data } = this;
    return html`
      <p class="summary">${summary(totalOf(data.points), data)}</p>
      ${this.#tools()}
      ${this.asTable ? this.#table() : this.#chart()}`;
  }

  #table() {
    return this.data.points.length > 0 ? timesTable(this.data) : html`<p class="muted">${t('service.times.none')}</p>`;
  }

  #chart() {
    const { data, range } = this;
    return html`
      <p class="readout number" aria-live="off">${this.#readout()}</p>
      <div class="chart">
        <response-plot .data=${data} .range=${range} .usual=${this.entry.interval * 1_000}
          @zoom=${({ detail }) => this.#zoom(within(detail, Date.now()))}
          @scale=${({ detail }) => this.#scale(detail.factor, detail.at)}
          @reset=${this.#reset}
          @point=${({ detail }) => (this.point = detail)}></response-plot>
        ${data.points.length > 0 ? nothing : html`<p class="nothing">${t('service.times.none')}</p>`}
      </div>
      ${chartKey()}`;
  }

  #readout() {
    const { point, data } = this;
    if (point) {
      return html`<strong>${timeOf(point, data.step, data.to)}</strong> <span>${saying(point)}</span>`;
    }
    const text = this.busy ? 'loading' : touched.matches ? 'service.times.tap' : 'service.times.hint';
    return html`<span class="muted">${t(text)}</span>`;
  }

  #tools() {
    const zoom = {
      earlier: () => this.#move(-0.5),
      later: this.#follows ? null : () => this.#move(0.5),
      in: () => this.#scale(0.5),
      out: () => this.#scale(2),
      reset: this.period === null ? this.#reset : null,
    };
    const turn = () => (this.asTable = !this.asTable);
    return html`<div class="tools">${zoomButtons(zoom)}${tableButton(this.asTable, turn)}</div>`;
  }
}

customElements.define('response-times', ResponseTimes);
