import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { statusIcon } from '../components/icons.js';
import { address, servicePage } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { dateTime, duration, time } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { failureWord } from '../lib/failure.js';
import { qualified } from '../lib/verdict.js';

const TICK_MS = 1_000;

/** The services that are down, newest first, with reason and duration. */
class DownList extends PageElement {
  static properties = {
    services: { attribute: false },
    /** How many are down in total; may exceed the number listed. */
    total: { attribute: false },
    /** Number of services whose newest results are not seen, because the store is unreachable. */
    blind: { attribute: false },
  };

  #ticking = null;

  connectedCallback() {
    super.connectedCallback();
    this.#ticking = setInterval(() => !document.hidden && this.services.length > 0 && this.requestUpdate(), TICK_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  render() {
    const { services } = this;
    const count = Math.max(this.total, services.length);
    return html`<section class="card down-list" aria-labelledby="down-title">
      <h2 id="down-title">${count === 0
        ? t('admin.down.title')
        : html`<a href=${address('/admin/services', { status: 'down' })}>${t('admin.down', { count })}</a>`}</h2>
      ${services.length === 0
        ? this.#none()
        : html`<ul>${repeat(services, (service) => service.id, (service) => this.row(service))}</ul>${this.#unseen()}`}
      ${this.total > services.length && services.length > 0
        ? html`<p><a href=${address('/admin/services', { status: 'down' })}>${t('admin.down.all', { count: this.total })}</a></p>`
        : nothing}
    </section>`;
  }

  /** What this node cannot see while the store is away. */
  #unseen() {
    return this.blind > 0
      ? html`<p><span class="status unknown">${statusIcon('unknown')}</span> ${t('admin.down.blind', { count: this.blind })}</p>`
      : nothing;
  }

  #none() {
    return this.blind > 0
      ? html`<p>${t('admin.down.noneKnown')}</p>${this.#unseen()}`
      : html`<p class="calm"><span class="status up">${statusIcon('up')}</span> ${t('admin.down.none')}</p>`;
  }

  row(service) {
    const { error } = service;
    return html`<li>
      <span class="status down">${statusIcon('down')}</span>
      <span class="down-what">
        <a class="wrap" href=${servicePage(service.name)} title=${service.name}>${service.name}</a>
        ${error
          ? html`<span class="muted wrap"><strong>${failureWord(error)}</strong> ${error.text ?? ''}${qualified(service)}</span>`
          : html`<span class="muted">${qualified(service)}</span>`}
      </span>
      ${service.since
        ? html`<span class="down-since number">
            <span>${duration(Date.now() - service.since)}</span>
            <time class="muted" datetime=${new Date(service.since).toISOString()} title=${dateTime(service.since)}>
              ${t('admin.since', { time: time(service.since) })}</time>
          </span>`
        : nothing}
    </li>`;
  }
}

customElements.define('down-list', DownList);
