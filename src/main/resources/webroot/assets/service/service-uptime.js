import { html, nothing } from 'lit';
import '../components/uptime-bar.js';
import { get } from '../lib/api.js';
import { cellsOf } from '../lib/cells.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { dateTime, day, percent } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { problem } from './instead.js';

const AGAIN_MS = 60_000;
/** Where there is little room, a cell of the longer bar is two days. */
const narrow = matchMedia('(max-width: 40rem)');

/** The shares of a day, a week and a month, and a bar each for hours and days. */
class ServiceUptime extends PageElement {
  static properties = { entry: {}, round: {}, report: { state: true }, problem: { state: true } };

  #loadedAt = 0;
  #turned = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    narrow.addEventListener('change', this.#turned);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    narrow.removeEventListener('change', this.#turned);
  }

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
      this.problem = explain(e);
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
    return html`
      <dl class="figures">
        ${figure('day', uptime.day, hours, 24)}
        ${figure('week', uptime.week, days, 7)}
        ${figure('month', uptime.month, days, 30)}
      </dl>
      ${this.#bar('day')}${this.#bar('quarter')}`;
  }

  #bar(period) {
    const label = t(`service.uptime.${period}`);
    const cells = cellsOf(this.report, period, narrow.matches ? 45 : 90);
    return html`
      <div class="bar">
        <p class="ends muted"><span>${label}</span><span aria-hidden="true">${t('service.uptime.now')}</span></p>
        <uptime-bar .cells=${cells} .label=${label}></uptime-bar>
      </div>`;
  }
}

/** A share, and from when on it is one, where that is later than the span's beginning. */
function figure(span, share, counted, length) {
  const at = counted.checks.length - length;
  const first = counted.checks.findIndex((checks, i) => i >= at && checks > 0);
  const known = counted.checks.findIndex((checks) => checks > 0);
  const note =
    share === null || first < 0
      ? t('service.uptime.none')
      : known === first && first > at
        ? t('service.uptime.since', { time: (counted.step < 86_400_000 ? dateTime : day)(counted.from + first * counted.step) })
        : null;
  return html`
    <div>
      <dt>${t(`service.span.${span}`)}</dt>
      <dd><span class="number">${percent(share)}</span>${note ? html`<small class="muted">${note}</small>` : nothing}</dd>
    </div>`;
}

customElements.define('service-uptime', ServiceUptime);
