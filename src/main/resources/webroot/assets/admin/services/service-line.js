import { html, nothing } from 'lit';
import { cache } from 'lit/directives/cache.js';
import { icon, statusIcon } from '../../components/icons.js';
import '../../components/spark-line.js';
import { servicePage } from '../../lib/api.js';
import { responseTimesOf } from '../../lib/cells.js';
import { PageElement } from '../../lib/element.js';
import { ago, dateTime, duration, milliseconds, percent } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { degradedReason, qualifications, shownStatus, statusWord, unknownReason } from '../../lib/verdict.js';
import { warningText } from '../../lib/warning.js';
import { labelText } from './column-shares.js';
import { failureNote } from './failure-note.js';

/**
 * One row of the table, positioned by its index in the whole list so that earlier rows need not be rendered.
 *
 * Dispatches `choose` (`{index, chosen, range}`) and `act` (`{name, row, button}`).
 */
class ServiceLine extends PageElement {
  static properties = {
    row: { attribute: false },
    index: { attribute: false },
    /** An entry of /api/uptime; null until loaded. */
    uptime: { attribute: false },
    /** The default check interval, in seconds. */
    defaultInterval: { attribute: false },
    /** Offset from the top of the list, in pixels. */
    top: { attribute: false },
    chosen: { attribute: false },
    /** Incremented to refresh relative times such as "a minute ago". */
    now: { attribute: false },
  };

  connectedCallback() {
    super.connectedCallback();
    this.setAttribute('role', 'row');
  }

  updated(changed) {
    if (changed.has('top')) {
      this.style.transform = `translateY(${this.top}px)`;
    }
    if (changed.has('index')) {
      this.setAttribute('aria-rowindex', this.index + 2); // the header is row 1
    }
    this.classList.toggle('chosen', Boolean(this.chosen));
  }

  render() {
    // a row waiting for its service keeps its previous DOM, to reuse it
    return html`${cache(this.row ? this.#service(this.row) : this.#coming())}`;
  }

  #coming() {
    return html`<span role="cell" class="coming" aria-colspan="8"
      ><span class="visually-hidden">${t('loading')}</span></span>`;
  }

  #service(row) {
    const { state } = row;
    return html`
      <span role="cell" class="c-select">
        <label class="hit"><input type="checkbox" data-control="select" .checked=${Boolean(this.chosen)}
          aria-label=${t('services.select', { name: row.name })} @click=${this.#choose}></label>
      </span>
      <span role="cell" class="c-status">${this.#status(state, row.paused)}${state.stale
        ? html` <span class="tag" title=${t('status.stale.text')}>${t('status.stale')}</span>`
        : nothing}${state.warnings?.map((warning) => html` <span class="tag soon">${warningText(warning)}</span>`)}${failureNote(state, row.paused)}</span>
      <span role="cell" class="c-name">
        <button type="button" class="link ellipsis" data-control="edit" title=${row.name}
          @click=${(event) => this.#act('edit', event)}>${row.name}</button>
        <span class="url muted ellipsis" title=${row.url}
          >${row.declared ? html`<span class="tag" title=${t('services.declared.why')}>${t('services.declared')}</span> ` : nothing}${
          row.visible ? nothing : html`<span class="tag">${t('services.hidden')}</span> `}${row.url}</span>
      </span>
      <span role="cell" class="c-group ellipsis" title=${row.group}>${row.group || html`<span class="muted">${t('none')}</span>`}${this.#labels(row.labels)}</span>
      <span role="cell" class="c-uptime number"><span class="phone-label">${t('services.column.uptime')} </span>${
        percent(this.uptime?.uptime?.day)}</span>
      <span role="cell" class="c-responseTime number">${this.#chart(row.name)}<span><span class="phone-label">${
        t('services.column.responseTime')} </span>${milliseconds(state.responseTime)}</span></span>
      <span role="cell" class="c-lastChecked number">${state.lastChecked
        ? html`<time datetime=${new Date(state.lastChecked).toISOString()} title=${dateTime(state.lastChecked)}>${ago(state.lastChecked)}</time>`
        : t('none')}${this.#interval(row.interval)}</span>
      <span role="cell" class="c-actions">
        ${this.#button('check', 'refresh', 'services.check')}
        ${this.#button('menu', 'more', 'services.more')}
      </span>`;
  }

  #status(state, paused) {
    const shown = shownStatus(state, paused);
    const why = paused ? null : (degradedReason(state) ?? unknownReason(state));
    return html`<span class="status ${shown}" title=${why ?? nothing}>${statusIcon(shown)}<span>${statusWord(state, paused)}</span>${
      why ? html`<span class="visually-hidden">: ${why}</span>` : nothing}</span>${
      paused ? nothing : qualifications(state).map(([word, text]) => html` <span class="tag" title=${text}>${word}</span>`)}`;
  }

  #labels(labels) {
    const text = labelText(labels);
    return text === '' ? nothing : html`<span class="labels muted ellipsis" title=${text}>${text}</span>`;
  }

  /** The response times of the last day, linking to the service page. */
  #chart(name) {
    return html`<a class="chart" data-control="chart" href=${servicePage(name)} title=${t('services.chart', { name })}
      ><spark-line .values=${responseTimesOf(this.uptime)} label=${t('services.chart', { name })}></spark-line></a>`;
  }

  #interval(own) {
    const seconds = own ?? this.defaultInterval;
    const interval = seconds ? { interval: duration(seconds * 1_000) } : null;
    return interval
      ? html`<span class="every muted" title=${own ? nothing : t('services.every.default', interval)}>${t('services.every', interval)}</span>`
      : nothing;
  }

  #button(name, drawing, text) {
    const label = t(text, { name: this.row.name });
    return html`<button type="button" class="button quiet" data-control=${name} aria-label=${label} title=${label}
      aria-haspopup=${name === 'menu' ? 'menu' : nothing} @click=${(event) => this.#act(name, event)}>${icon(drawing)}</button>`;
  }

  #choose(event) {
    const detail = { index: this.index, chosen: event.target.checked, range: event.shiftKey };
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }

  #act(name, event) {
    const detail = { name, row: this.row, button: event.currentTarget };
    this.dispatchEvent(new CustomEvent('act', { detail }));
  }
}

customElements.define('service-line', ServiceLine);
