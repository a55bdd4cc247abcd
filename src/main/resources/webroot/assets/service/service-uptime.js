import { html, nothing } from 'lit';
import '../components/uptime-bar.js';
import { get } from '../lib/api.js';
import { cellsOf } from '../lib/cells.js';
import { PageElement } from '../lib/element.js';
import { explainReading } from '../lib/errors.js';
import { day, percent } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { problem } from './instead.js';
import { moment } from './words.js';

const AGAIN_MS = 60_000;

/** Uptime of the last day, week and month, with an hourly and a daily bar. */
class ServiceUptime extends PageElement {
  static properties = { entry: {}, round: {}, report: { state: true }, problem: { state: true } };

  #loadedAt = 0;

  willUpdate(changed) {
    const before = changed.get('entry');
    const turned = before && before.status !== this.entry.status;
    if (changed.has('round') || turned || Date.now() - this.#loadedAt > AGAIN_MS) {
      this.#load();
    }
  }

  #load = async () => {
    this.#loadedAt = Date.now();
    try {
      const { services } = await get('/api/uptime', { id: this.entry.id });
      this.report = services[0] ?? this.report;
      this.problem = null;
    } catch (e) {
      this.problem = explainReading(e);
    }
  };

  render() {
    return html`
      <section class="card uptime" aria-labelledby="uptime">
        <h2 id="uptime">${t('service.uptime')}</h2>
        ${this.problem ? problem(this.problem, this.#load) : nothing}
        ${this.report ? this.#figures() : this.problem ? nothing : html`<p class="muted late">${t('loading')}</p>`}
      </section>`;
  }

  #figures() {
    const { uptime, hours, days } = this.report;
    const begin = beginOf(hours, days);
    return html`
      <dl class="figures">${figure('day', uptime.day)}${figure('week', uptime.week)}${figure('month', uptime.month)}</dl>
      ${begin ? html`<p class="muted begin">${t('service.uptime.since', { time: begin })}</p>` : nothing}
      ${this.#bar('day')}${this.#bar('quarter')}`;
  }

  #bar(period) {
    const label = t(`service.uptime.${period}`);
    return html`
      <div class="bar">
        <p class="muted">${label}</p>
        <uptime-bar .cells=${cellsOf(this.report, period)} .label=${label} legend></uptime-bar>
      </div>`;
  }
}

const figure = (span, share) => html`
  <div>
    <dt>${t(`service.span.${span}`)}</dt>
    <dd>
      <span class="number">${percent(share)}</span>
      ${share === null ? html`<small class="muted">${t('service.uptime.none')}</small>` : nothing}
    </dd>
  </div>`;

/** The start of the history in words; null if it is older than the figures, or if there is none. */
function beginOf(hours, days) {
  const has = (known) => known > 0;
  const firstDay = days.known.findIndex(has);
  const firstHour = hours.known.findIndex(has);
  if (firstDay < 0 || firstDay < days.known.length - 30) {
    return null;
  }
  return firstDay < days.known.length - 2 || firstHour <= 0
    ? day(days.from + firstDay * days.step)
    : moment(hours.from + firstHour * hours.step);
}

customElements.define('service-uptime', ServiceUptime);
