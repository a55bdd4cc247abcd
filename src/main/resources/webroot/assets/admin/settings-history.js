import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { whileBusy } from '../components/busy.js';
import { confirm } from '../components/dialog.js';
import { described, field, focusFirstProblem, invalid } from '../components/field.js';
import { toast } from '../components/toast.js';
import { get, send } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { duration } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { saveBar } from './save-bar.js';
import { guard } from './unsaved.js';

const UNITS = { day: 86_400, hour: 3_600, minute: 60, second: 1 };
const MAX_SECONDS = 3_650 * UNITS.day; // the server's limit

/** The history's retention, and clearing it. */
class HistorySettings extends PageElement {
  static properties = {
    /** The saved retention in seconds; 0 for unlimited. */
    saved: { state: true },
    amount: { state: true },
    unit: { state: true },
    unlimited: { state: true },
    problem: { state: true },
    failure: { state: true },
  };

  constructor() {
    super();
    guard(this, () => this.dirty);
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    try {
      this.take((await get('/api/ping-history/ttl')).ttl);
      this.failure = null;
    } catch (e) {
      this.failure = explain(e);
    }
  }

  /** Shows seconds in the largest unit that divides them. */
  take(seconds) {
    this.saved = seconds;
    this.unlimited = seconds === 0;
    const shown = seconds || UNITS.day;
    this.unit = Object.keys(UNITS).find((unit) => shown % UNITS[unit] === 0);
    this.amount = String(shown / UNITS[this.unit]);
    this.problem = null;
  }

  /** Seconds as typed; NaN if invalid. */
  get seconds() {
    if (this.unlimited) {
      return 0;
    }
    const seconds = /^\d+$/.test(this.amount.trim()) ? Number(this.amount) * UNITS[this.unit] : NaN;
    return seconds >= 1 && seconds <= MAX_SECONDS ? seconds : NaN;
  }

  get dirty() {
    return this.saved !== undefined && this.seconds !== this.saved;
  }

  get trims() {
    const { seconds } = this;
    return seconds > 0 && (this.saved === 0 || seconds < this.saved);
  }

  render() {
    return html`<section class="card section" aria-labelledby="history-title">
      <h2 id="history-title">${t('settings.history')}</h2>
      ${this.saved === undefined ? html`<p class="muted" role="status">${this.failure ?? t('loading')}</p>` : this.form()}
    </section>`;
  }

  form() {
    const parts = { id: 'ttl', label: t('settings.ttl'), hint: t('settings.ttl.hint'), problem: this.problem };
    return html`<form class="form" novalidate @submit=${this.submit}>
        ${field(
          parts,
          html`<div class="ttl-row">
            <input id="ttl" inputmode="numeric" autocomplete="off" .value=${live(this.amount)} ?disabled=${this.unlimited}
              aria-describedby=${described(parts)} aria-invalid=${invalid(this.problem)}
              @input=${(event) => this.typed({ amount: event.target.value })}>
            <select aria-label=${t('settings.ttl.unit')} ?disabled=${this.unlimited}
              @change=${(event) => this.typed({ unit: event.target.value })}>
              ${Object.keys(UNITS).map(
                (unit) => html`<option value=${unit} .selected=${unit === this.unit}>${t(`settings.ttl.${unit}`, { count: Number(this.amount) })}</option>`,
              )}
            </select>
          </div>`,
        )}
        <label class="check"><input type="checkbox" .checked=${live(this.unlimited)}
          @change=${(event) => this.typed({ unlimited: event.target.checked })}> ${t('settings.ttl.unlimited')}</label>
        <div role="status">${this.trims
          ? html`<p class="banner">${t('settings.ttl.trims', { time: duration(this.seconds * 1_000) })}</p>`
          : nothing}</div>
        ${saveBar(this.dirty, () => this.take(this.saved))}
      </form>
      <div class="danger-zone">
        <p>${t('settings.clear.text')}</p>
        <button type="button" class="button danger" @click=${this.clear}>${t('settings.clear')}</button>
      </div>`;
  }

  typed(values) {
    Object.assign(this, values);
    this.problem = null;
  }

  async submit(event) {
    event.preventDefault();
    const { seconds } = this;
    if (Number.isNaN(seconds)) {
      this.problem = t('problem.whole', { 0: 1, 1: Math.floor(MAX_SECONDS / UNITS[this.unit]) });
      focusFirstProblem(this);
      return;
    }
    if (!this.dirty || (this.trims && !(await this.sure(seconds)))) {
      return;
    }
    await whileBusy(this.querySelector('[type=submit]'), async () => {
      try {
        const { ttl } = await send('PATCH', '/api/ping-history/ttl', { body: { ttl: seconds } });
        if (this.seconds === seconds) {
          this.take(ttl);
        } else {
          this.saved = ttl; // input typed while saving stays and counts as unsaved
        }
        toast(t('settings.saved'));
      } catch (e) {
        if (e.field === 'ttl') {
          this.problem = e.problem;
        } else {
          toast(explain(e), { kind: 'bad' });
        }
      }
    });
    focusFirstProblem(this);
  }

  sure(seconds) {
    return confirm({
      title: t('settings.ttl.sure'),
      text: t('settings.ttl.trims', { time: duration(seconds * 1_000) }),
      action: t('save'),
      danger: true,
    });
  }

  async clear(event) {
    const button = event.currentTarget;
    const sure = await confirm({
      title: t('settings.clear.title'),
      text: t('settings.clear.sure'),
      action: t('settings.clear'),
      danger: true,
      typed: t('settings.clear.word'),
    });
    if (sure) {
      try {
        await whileBusy(button, send('DELETE', '/api/ping-history', { timeout: 120_000 }));
        toast(t('settings.clear.done'));
      } catch (e) {
        toast(explain(e), { kind: 'bad' });
      }
    }
  }
}

customElements.define('history-settings', HistorySettings);
