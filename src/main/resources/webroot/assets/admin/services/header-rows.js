import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { described, invalid } from '../../components/field.js';
import { icon } from '../../components/icons.js';
import { PageElement } from '../../lib/element.js';
import { t } from '../../lib/i18n.js';
import { isSecret, maxHeaders } from './rules.js';
import { storedValue } from './stored-value.js';
import { HIDDEN, headerRow, isKept } from './values.js';

/**
 * The request headers of a check, one row each.
 *
 * Dispatches `headers` with all rows when one changes, and `left` with a row's id on blur.
 */
class HeaderRows extends PageElement {
  static properties = {
    headers: { attribute: false },
    problems: { attribute: false },
    shown: { state: true },
  };

  /** Whether the focus is moving from a button to the field that replaces it. */
  #moving = false;

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
      <button type="button" class="button small" data-add ?disabled=${this.headers.length >= maxHeaders()}
        @click=${this.#add}>${icon('plus')}${t('services.headers.add')}</button>
    </fieldset>`;
  }

  #row(row, at) {
    const count = at + 1;
    const name = { id: `header-${row.id}`, problem: this.problems[`header-${row.id}`] };
    const value = { id: `value-${row.id}`, problem: this.problems[`value-${row.id}`], label: t('services.headers.value', { count }) };
    const problem = ({ id, problem }) => (problem ? html`<span class="problem" id="${id}-problem">${problem}</span>` : nothing);
    return html`<div class="header-row field" data-row=${row.id} @focusout=${(event) => this.#leave(event, row)}>
      <div class="header-inputs">
        <input id=${name.id} aria-label=${t('services.headers.name', { count })} placeholder=${t('services.headers.name.short')}
          list="header-names" autocomplete="off" autocapitalize="off" spellcheck="false" .value=${live(row.name)}
          aria-invalid=${invalid(name.problem)} aria-describedby=${described(name)}
          @input=${(event) => this.#change(row, { name: event.target.value.trim() })}>
        ${isKept(row) ? this.#kept(row, value, count) : this.#typed(row, value, count)}
        <button type="button" class="button quiet" aria-label=${t('services.headers.remove', { count })}
          title=${t('services.headers.remove', { count })} @click=${() => this.#remove(row, at)}>${icon('close')}</button>
      </div>
      ${problem(name)}${problem(value)}
      ${row.stored && !isKept(row)
        ? html`<div><button type="button" class="button small" @click=${() => this.#set(row, HIDDEN)}>
            ${t('services.headers.keep', { count })}</button></div>`
        : nothing}
    </div>`;
  }

  #kept(row, value, count) {
    return html`${storedValue(value)}
      <button type="button" class="button" aria-label=${t('services.headers.replace', { count })}
        @click=${() => this.#set(row, '')}>${t('services.secret.replace')}</button>`;
  }

  #typed(row, value, count) {
    const secret = isSecret(row.name);
    const masked = secret && !this.shown.has(row.id);
    return html`<input id=${value.id} type=${masked ? 'password' : 'text'} aria-label=${value.label}
        placeholder=${t('services.headers.value.short')} autocomplete="new-password" spellcheck="false" .value=${live(row.value)}
        aria-invalid=${invalid(value.problem)} aria-describedby=${described(value)}
        @input=${(event) => this.#change(row, { value: event.target.value })}>
      ${secret
        ? html`<button type="button" class="button" aria-pressed=${masked ? 'false' : 'true'}
            aria-label=${t('services.headers.show', { count })} @click=${() => this.#toggle(row)}>
            ${t(masked ? 'services.show' : 'services.hide')}</button>`
        : nothing}`;
  }

  #tell(headers) {
    this.dispatchEvent(new CustomEvent('headers', { detail: headers }));
  }

  #change(row, change) {
    this.#tell(this.headers.map((one) => (one === row ? { ...row, ...change } : one)));
  }

  /** Keeps the stored value or replaces it with an input; the pressed button disappears. */
  async #set(row, value) {
    this.#moving = true;
    this.#change(row, { value });
    await this.#settled();
    this.querySelector(`#value-${row.id}`)?.focus();
    this.#moving = false;
  }

  #leave(event, row) {
    if (!this.#moving && !event.currentTarget.contains(event.relatedTarget)) {
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

  /** Waits until the parent form has passed the rows back. */
  async #settled() {
    await new Promise((done) => setTimeout(done));
    await this.updateComplete;
  }
}

customElements.define('header-rows', HeaderRows);
