import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../components/icons.js';
import { PageElement } from '../../lib/element.js';
import { t } from '../../lib/i18n.js';
import { MAX_HEADERS } from './rules.js';
import { HIDDEN, headerRow } from './values.js';

/** Headers that hold credentials, by the server's rule: their stored values are never shown. */
const SECRET = /auth|bearer|cookie|credential|jwt|passw|passphrase|secret|session|signature|token|keys?($|[^a-z])/i;

/**
 * The headers of a check's request, a row each.
 *
 * Dispatches `headers` with all rows when one has changed, and `left` with a row's id when it was left.
 */
class HeaderRows extends PageElement {
  static properties = {
    headers: { attribute: false },
    problems: { attribute: false },
    shown: { state: true },
  };

  constructor() {
    super();
    this.headers = [];
    this.problems = {};
    this.shown = new Set();
  }

  render() {
    return html`<fieldset class="headers">
      <legend class="label">${t('services.field.headers')}</legend>
      <p class="hint" id="headers-hint">${t('services.headers.hint')}</p>
      ${repeat(this.headers, ({ id }) => id, (row, at) => this.#row(row, at))}
      ${this.problems.headers ? html`<p class="problem">${this.problems.headers}</p>` : nothing}
      <button type="button" class="button small" data-add ?disabled=${this.headers.length >= MAX_HEADERS}
        @click=${this.#add}>${icon('plus')}${t('services.headers.add')}</button>
    </fieldset>`;
  }

  #row(row, at) {
    const problem = this.problems[`header-${row.id}`];
    const masked = SECRET.test(row.name) && row.value !== HIDDEN && !this.shown.has(row.id);
    const count = at + 1;
    const described = problem ? `header-${row.id}-problem` : nothing;
    return html`<div class="header-row field" data-row=${row.id} @focusout=${(event) => this.#leave(event, row)}>
      <div class="header-inputs">
        <input id="header-${row.id}" aria-label=${t('services.headers.name', { count })} placeholder=${t('services.headers.name.short')}
          list="header-names" autocomplete="off" autocapitalize="off" spellcheck="false" .value=${live(row.name)}
          aria-invalid=${problem ? 'true' : nothing} aria-describedby=${described}
          @input=${(event) => this.#change(row, { name: event.target.value.trim() })}>
        <input type=${masked ? 'password' : 'text'} aria-label=${t('services.headers.value', { count })}
          placeholder=${t('services.headers.value.short')} autocomplete="new-password" spellcheck="false" .value=${live(row.value)}
          @focus=${({ target }) => target.value === HIDDEN && target.select()}
          @input=${(event) => this.#change(row, { value: event.target.value })}>
        ${SECRET.test(row.name) && row.value !== HIDDEN
          ? html`<button type="button" class="button" aria-pressed=${masked ? 'false' : 'true'}
              aria-label=${t('services.headers.show', { count })} @click=${() => this.#toggle(row)}>
              ${t(masked ? 'services.show' : 'services.hide')}</button>`
          : nothing}
        <button type="button" class="button quiet" aria-label=${t('services.headers.remove', { count })}
          title=${t('services.headers.remove', { count })} @click=${() => this.#remove(row, at)}>${icon('close')}</button>
      </div>
      ${problem ? html`<span class="problem" id="header-${row.id}-problem">${problem}</span>` : nothing}
    </div>`;
  }

  #tell(headers) {
    this.dispatchEvent(new CustomEvent('headers', { detail: headers }));
  }

  #change(row, change) {
    this.#tell(this.headers.map((one) => (one === row ? { ...row, ...change } : one)));
  }

  #leave(event, row) {
    if (!event.currentTarget.contains(event.relatedTarget)) {
      this.dispatchEvent(new CustomEvent('left', { detail: row.id }));
    }
  }

  #toggle({ id }) {
    this.shown = new Set(this.shown);
    this.shown.has(id) ? this.shown.delete(id) : this.shown.add(id);
  }

  async #add() {
    const row = headerRow();
    this.#tell([...this.headers, row]);
    await this.#settled();
    this.querySelector(`#header-${row.id}`)?.focus();
  }

  async #remove(row, at) {
    this.#tell(this.headers.filter((one) => one !== row));
    await this.#settled();
    const rows = this.querySelectorAll('.header-row');
    (rows[Math.min(at, rows.length - 1)]?.querySelector('input') ?? this.querySelector('[data-add]')).focus();
  }

  /** The rows come back from the form that holds them. */
  async #settled() {
    await new Promise((done) => setTimeout(done));
    await this.updateComplete;
  }
}

customElements.define('header-rows', HeaderRows);
