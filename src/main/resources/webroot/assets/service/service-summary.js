import { html, nothing } from 'lit';
import { icon, statusIcon } from '../components/icons.js';
import { address } from '../lib/api.js';
import { ago, dateTime, duration, milliseconds } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { failureDetail, failureWord, outageSince, outageWord } from '../lib/failure.js';
import { TickingElement } from '../lib/ticking.js';
import { degradedReason, qualifications, shownStatus, statusWord, unknownReason } from '../lib/verdict.js';
import { warningText } from '../lib/warning.js';
import { backLink } from './instead.js';

const LONG = 400;
const LINES = 5; // must match style.css

/**
 * Name, current state with its start, and description. The duration updates itself. Failure details are only for users
 * who may edit the service; others see what a visitor would notice.
 */
class ServiceSummary extends TickingElement {
  /** `heard`: time of the last update, epoch milliseconds; null while live. */
  static properties = { entry: {}, heard: {}, editable: {}, whole: { state: true } };

  render() {
    const { name, description, group } = this.entry;
    return html`
      <nav class="top" aria-label=${t('service.navigation')}>
        ${backLink()}
        ${this.editable
          ? html`<a class="button small" href=${address('/admin/services', { edit: name })}>
              ${icon('edit')}${t('service.edit')}</a>`
          : nothing}
      </nav>
      <header class="title">
        ${group ? html`<p class="group wrap muted">${group}</p>` : nothing}
        <h1 class="wrap ${name.length > 60 ? 'long' : ''}">${name}</h1>
        ${description ? this.#description(description) : nothing}
      </header>
      ${this.#now()}`;
  }

  /** Collapses a long description, so that the state is visible without scrolling. */
  #description(text) {
    const long = text.length > LONG || text.split('\n').length > LINES;
    return html`<p class="description wrap ${long && !this.whole ? 'cut' : ''}" id="description">${text}</p>
      ${long
        ? html`<p><button type="button" class="button quiet small fold" aria-expanded=${String(Boolean(this.whole))}
            aria-controls="description" @click=${() => (this.whole = !this.whole)}>
            ${t(this.whole ? 'service.description.less' : 'service.description.more')}</button></p>`
        : nothing}`;
  }

  #now() {
    const { paused, stale, since, lastChecked, responseTime, interval, error, statusCode } = this.entry;
    const { locations, warnings, degradedBy } = this.entry;
    const shown = shownStatus(this.entry, paused);
    const reason = paused ? null : unknownReason(this.entry);
    const degraded = paused ? null : degradedReason(this.entry);
    return html`
      <section class="now card ${shown}" aria-label=${t('service.now')}>
        <div class="status ${shown}">${statusIcon(shown)}<strong>${this.#headline(shown)}</strong></div>
        ${this.heard ? html`<p><strong>${t('service.heard', { time: dateTime(this.heard) })}</strong></p>` : nothing}
        ${since && (shown === 'up' || shown === 'degraded') ? html`<p class="muted">${t('service.since', { time: dateTime(since) })}</p>` : nothing}
        ${since && shown === 'down' ? html`<p>${this.#lasting('down')}</p>` : nothing}
        ${degraded
          ? html`<p><strong>${degraded}</strong>${this.editable && degradedBy.text ? html` <span class="muted wrap">${degradedBy.text}</span>` : nothing}</p>`
          : nothing}
        ${paused ? nothing : qualifications(this.entry).map(([word, text]) => html`<p class="qualified"><strong>${word}</strong> ${text}</p>`)}
        ${stale ? html`<p class="stale"><strong>${t('status.stale')}</strong> ${t('status.stale.text')}</p>` : nothing}
        ${warnings?.map((warning) => html`<p class="warned">${warningText(warning)}</p>`)}
        ${shown === 'paused' ? html`<p class="muted">${t('service.paused.text')}</p>` : nothing}
        ${reason ? html`<p>${reason}</p>` : nothing}
        ${shown === 'unknown' && lastChecked === null ? html`<p class="muted">${t('service.unknown.text')}</p>` : nothing}
        ${error && !paused && this.editable ? html`<p class="why wrap">${failureDetail(error)}</p>` : nothing}
        <dl class="facts">
          <div>
            <dt>${t('service.last.check')}</dt>
            <dd>${lastChecked === null ? t('none') : moment(lastChecked)}</dd>
          </div>
          <div>
            <dt>${t('service.response.time')}</dt>
            <dd class="number">${milliseconds(responseTime)}</dd>
          </div>
          ${statusCode && this.editable
            ? html`<div>
                <dt>${t('service.http.status')}</dt>
                <dd class="number">${statusCode}</dd>
              </div>`
            : nothing}
          <div>
            <dt>${t('service.interval')}</dt>
            <dd>${duration(interval * 1_000)}</dd>
          </div>
        </dl>
        ${locations ? this.#locations(locations) : nothing}
      </section>`;
  }

  /** The state seen from each location, in one line. */
  #locations(locations) {
    return html`<ul class="locations" aria-label=${t('service.locations')}>${locations.map(
      ({ location, status, stale, error, lastChecked }) => html`<li
          title=${lastChecked ? t('board.last.check', { time: dateTime(lastChecked) }) : nothing}>
        <span class="status ${stale ? 'unknown' : status}">${statusIcon(stale ? 'unknown' : status)}</span>
        <strong>${location}</strong> ${t(stale ? 'service.location.stale' : `status.${status}`)}${
          error && !stale ? html` <span class="muted">${this.editable ? failureWord(error) : outageWord(error)}</span>` : nothing}</li>`,
    )}</ul>`;
  }

  #headline(shown) {
    const { since } = this.entry;
    if (shown === 'down') {
      return outageSince(this.entry);
    }
    return since && (shown === 'up' || shown === 'degraded') ? this.#lasting(shown) : statusWord(this.entry, this.entry.paused);
  }

  #lasting(shown) {
    return t(`service.for.${shown}`, { time: duration((this.heard ?? Date.now()) - this.entry.since) });
  }
}

const moment = (epochMs) =>
  html`<time datetime=${new Date(epochMs).toISOString()} title=${dateTime(epochMs)}>${ago(epochMs)}</time>`;

customElements.define('service-summary', ServiceSummary);
