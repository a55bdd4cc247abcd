import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { servicePage } from '../lib/api.js';
import { failureDetail, outageSince } from '../lib/failure.js';
import { clock, duration, number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { TickingElement } from '../lib/ticking.js';
import { qualified } from '../lib/verdict.js';
import { warningText } from '../lib/warning.js';
import { statusIcon } from '../components/icons.js';
import { MOST } from './attention.js';
import { shownAddress } from './remembered.js';

/**
 * The services that need attention, at the top of the page, each with reason, start and duration. Renders nothing if
 * there are none. `services` are entries of /api/status, `total` is their number, `notUp` the number matched by the
 * filter "not up"; `detailed` shows failure details. Dispatches `filter` with `{q, show}`.
 */
class AttentionList extends TickingElement {
  static properties = {
    services: { attribute: false },
    total: { type: Number },
    notUp: { type: Number },
    detailed: { type: Boolean },
  };

  #before = null;

  willUpdate(changed) {
    if (changed.has('services')) {
      const { bottom, height } = this.getBoundingClientRect();
      this.#before = { bottom, height, focused: this.contains(document.activeElement) };
    }
  }

  /** Preserves the scroll position below the list, and moves the focus from a removed row to a nearby one. */
  updated() {
    const before = this.#before;
    this.#before = null;
    if (!before) {
      return;
    }
    const grown = this.getBoundingClientRect().height - before.height;
    if (grown !== 0 && before.bottom < 0) {
      window.scrollBy({ top: grown, behavior: 'instant' });
    }
    if (before.focused && !this.contains(document.activeElement)) {
      (this.querySelector('.attention') ?? document.querySelector('main')).focus({ preventScroll: true });
    }
  }

  render() {
    if (this.services.length === 0) {
      return nothing;
    }
    return html`<section class="attention card" id="attention" tabindex="-1" aria-labelledby="attention-title">
      <h2 id="attention-title">${t('attention.title')}</h2>
      <ul>${repeat(this.services, ({ id }) => id, (service) => this.#row(service))}</ul>
      ${this.total > MOST && this.services.length === MOST
        ? html`<p class="rest"><a href=${shownAddress('not-up')} data-show="not-up">
            ${t('attention.all', { count: this.notUp })}</a>
            <span class="muted number">${t('attention.shown', { count: MOST, total: number(this.total) })}</span></p>`
        : nothing}
    </section>`;
  }

  #row(service) {
    const { name, group, status, stale, since } = service;
    const shown = stale ? 'unknown' : status === 'up' ? 'degraded' : status;
    const length = status === 'down' && !stale && since ? duration(Date.now() - since) : null;
    return html`<li class=${shown}>
      <span class="status sign ${shown}">${statusIcon(shown)}</span>
      <span class="what wrap"><a class="name" href=${servicePage(name)}>${name}</a>
        ${group ? html`<span class="muted group">${group}</span>` : nothing}</span>
      <span class="why wrap"><strong class="status ${shown}">${this.#why(service)}</strong>${qualified(service)}${
        this.detailed && service.error ? html` <span class="muted detail">${failureDetail(service.error)}</span>` : nothing}</span>
      <span class="long number muted">${length ? t('board.since', { duration: length }) : nothing}</span>
    </li>`;
  }

  #why(service) {
    const { status, stale, lastChecked, warnings } = service;
    if (stale) {
      return t('attention.stale', { time: clock(lastChecked) });
    }
    return status === 'down' ? outageSince(service) : (warnings ?? []).map(warningText).join(' · ');
  }
}

customElements.define('attention-list', AttentionList);
