import { html, nothing } from 'lit';
import { ago, number, time } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { reasonsCounted } from '../lib/verdict.js';
import { TickingElement } from '../lib/ticking.js';
import { statusIcon } from '../components/icons.js';
import { shownAddress } from './remembered.js';

/** The verdict over all services in words; also used in the page's title. */
export function verdictOf({ overall, counts }) {
  const checked = counts.total - counts.paused;
  if (checked === 0) {
    return t('board.all.paused');
  }
  switch (overall) {
    case 'up':
      return t('board.all.up');
    case 'down':
      return t('board.all.down');
    case 'unknown':
      return t(reasonsCounted(counts).length > 0 ? 'board.all.unknown.now' : 'board.all.unknown');
    default:
      return counts.down === 0
        ? t('board.some.degraded', { count: counts.degraded, total: checked })
        : t('board.some.down', { count: counts.down, total: checked });
  }
}

/**
 * The verdict in large type, with the time of the last update; verdict and counts link to the matching services.
 * `summary` is the board data's, `old` whether it may be outdated, `listed` whether the attention list is shown below.
 */
class VerdictPanel extends TickingElement {
  static properties = { summary: { attribute: false }, old: { type: Boolean }, state: {}, listed: { type: Boolean } };

  render() {
    const { overall, counts, updated } = this.summary;
    const reasons = reasonsCounted(counts);
    return html`<section class="verdict ${this.old ? 'old' : overall}">
      <span class="status ${this.old ? 'unknown' : overall} sign">${statusIcon(this.old ? 'unknown' : overall)}</span>
      <div class="words">
        <h1>${this.#headline()}</h1>
        <p class="muted number">
          ${updated ? html`<span>${t('board.as.of', { time: time(updated), ago: ago(updated) })}</span>` : nothing}
          ${this.old && this.state === 'live' ? nothing : html`<span class="how ${this.state}">${t(`board.${this.state}`)}</span>`}
        </p>
        ${reasons.length > 0 ? html`<p class="reasons">${t('board.unknown.why', { reasons: reasons.join(' ') })}</p>` : nothing}
      </div>
      <ul class="counts number">
        ${counts.degraded
          ? html`<li class="degraded"><strong>${number(counts.degraded)}</strong> <span>${t('board.count.degraded')}</span></li>`
          : nothing}
        ${['up', 'down', 'unknown', 'paused'].map((status) =>
          counts[status] || status === 'up'
            ? html`<li><a href=${shownAddress(status)} data-show=${status}>
                <strong>${number(counts[status])}</strong> <span>${t(status === 'unknown' && reasons.length > 0 ? 'board.count.unknown.now' : `board.count.${status}`)}</span></a></li>`
            : nothing,
        )}
      </ul>
    </section>`;
  }

  #headline() {
    const verdict = verdictOf(this.summary);
    const text = this.old ? t('board.was', { verdict }) : verdict;
    if (this.listed) {
      return html`<a href="#attention">${text}</a>`;
    }
    return this.summary.counts.down > 0
      ? html`<a href=${shownAddress('down')} data-show="down">${text}</a>`
      : text;
  }
}

customElements.define('verdict-panel', VerdictPanel);
