import { html, nothing } from 'lit';
import { PageElement } from '../lib/element.js';
import { servicePage } from '../lib/api.js';
import { cellsOf, responseTimesOf, shareOf } from '../lib/cells.js';
import { failureDetail, outageSince } from '../lib/failure.js';
import { duration, milliseconds, percent, time } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { degradedReason, qualified, shownStatus, statusWord, unknownReason } from '../lib/verdict.js';
import { warningText } from '../lib/warning.js';
import { statusIcon } from '../components/icons.js';
import '../components/spark-line.js';
import '../components/uptime-bar.js';

/**
 * A service: state, name, description, uptime, response times. `service` is an entry of /api/status, `uptime` one of
 * /api/uptime or null; `detailed` shows failure details.
 */
class ServiceRow extends PageElement {
  static properties = {
    service: { attribute: false },
    uptime: { attribute: false },
    period: {},
    detailed: { type: Boolean },
  };

  #cells = [];

  willUpdate(changed) {
    if (changed.has('uptime') || changed.has('period')) {
      this.#cells = cellsOf(this.uptime, this.period);
    }
  }

  render() {
    const { name, status, paused, responseTime, lastChecked } = this.service;
    const shown = shownStatus(this.service, paused);
    const period = t(`board.period.${this.period}`);
    return html`<div class="service ${shown}">
      <span class="status sign ${shown}">${statusIcon(shown)}</span>
      <div class="words">
        <a class="name ellipsis" href=${servicePage(name)} title=${name}>${name}</a>
        <p class="more ellipsis">${this.#words(shown)}</p>
      </div>
      <uptime-bar .cells=${this.#cells} label=${t('board.bar', { name, period })}></uptime-bar>
      <span class="share number" title=${t('board.share', { period })}>${percent(shareOf(this.#cells))}</span>
      <spark-line .values=${responseTimesOf(this.uptime)}></spark-line>
      <span class="time number" title=${lastChecked ? t('board.last.check', { time: time(lastChecked) }) : nothing}>
        <span class="visually-hidden">${t('board.time')}</span>
        ${milliseconds(status === 'down' ? null : responseTime)}</span>
    </div>`;
  }

  /** The state in a word, then start and reason of the failure, or the description. */
  #words(shown) {
    const { description, since, error, stale, warnings, paused } = this.service;
    const warned = warnings?.map((warning) => html` · <span class="warned">${warningText(warning)}</span>`);
    const old = stale ? html` · <span class="stale" title=${t('status.stale.text')}>${t('status.stale')}</span>` : nothing;
    const marks = qualified(this.service, paused);
    const why = paused ? null : (degradedReason(this.service) ?? unknownReason(this.service));
    if (shown !== 'down') {
      const more = why || description || (shown === 'up' && since ? t('board.since', { duration: duration(Date.now() - since) }) : '');
      return html`<span class="status ${shown}">${statusWord(this.service, paused)}</span>${marks}${old}${warned}${more ? ` · ${more}` : ''}`;
    }
    const state = outageSince(this.service);
    const length = since ? t('board.since', { duration: duration(Date.now() - since) }) : '';
    const more = [length, this.detailed ? failureDetail(error) : description].filter(Boolean).join(' · ');
    return html`<span title=${[state, more].filter(Boolean).join(' · ')}><span class="status down">${state}</span>${marks}${old}${warned}${
      more ? ` · ${more}` : ''}</span>`;
  }
}

customElements.define('service-row', ServiceRow);
