import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon, statusIcon } from '../../components/icons.js';
import { PageElement } from '../../lib/element.js';
import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { isSearchKey, SEARCH_KEYS, SEARCH_KEYS_ARIA } from '../../lib/search-key.js';
import { reasonsCounted } from '../../lib/verdict.js';
import { labelFilter } from './label-filter.js';
import { STATES } from './view.js';

/** Debounces key repeat; it is shorter than the gap between typed keys. Outdated searches are aborted anyway. */
const WAIT_MS = 30;

/**
 * Search, states, groups and labels.
 *
 * Dispatches `filter` with the changed part of the view.
 */
class ServiceFilters extends PageElement {
  static properties = {
    view: { attribute: false },
    counts: { attribute: false },
    /** `{name, total}`, over all services. */
    groups: { attribute: false },
    /** `{key, values, more}`, over all services. */
    labels: { attribute: false },
  };

  #timer = null;
  #shortcut = (event) => {
    if (isSearchKey(event)) {
      event.preventDefault();
      this.querySelector('input').select();
      this.querySelector('input').focus();
    }
  };

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.#shortcut);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#shortcut);
    clearTimeout(this.#timer);
  }

  render() {
    return html`<div class="service-filters" role="search" aria-label=${t('services.filter')}>
      <div class="search-field">${icon('search')}
        <input type="search" aria-label=${t('services.search')} placeholder=${t('services.search.hint')} maxlength="200"
          aria-keyshortcuts=${SEARCH_KEYS_ARIA} autocomplete="off" spellcheck="false" .value=${live(this.view.q)}
          @input=${this.#typed}>
        <kbd aria-hidden="true">${SEARCH_KEYS}</kbd>
      </div>
      <div class="states" role="group" aria-label=${t('services.states')}>
        ${this.#state(null, this.counts?.total)}${STATES.map((state) => this.#state(state, this.counts?.[state]))}
      </div>
      ${this.groups.some(({ name }) => name !== '') ? this.#groups() : null}
      ${this.labels.length > 0 || this.view.label !== null
        ? labelFilter(this.labels, this.view.label, (label) => this.#filter({ label }))
        : null}
    </div>`;
  }

  #state(state, count) {
    return html`<button type="button" class="button small ${state ? `status ${state}` : ''}"
      aria-pressed=${this.#isShown(state) ? 'true' : 'false'} @click=${() => this.#filter({ status: state, warnings: null })}>
      ${state ? statusIcon(state) : null}<span>${this.#word(state)}</span>
      <span class="number muted">${count === undefined ? '' : number(count)}</span></button>`;
  }

  #word(state) {
    if (state === 'unknown' && reasonsCounted(this.counts ?? {}).length > 0) {
      return t('status.unknown.now');
    }
    return state ? t(`status.${state}`) : t('services.all');
  }

  #isShown(state) {
    return this.view.status === state && this.view.warnings === null;
  }

  #groups() {
    const chosen = this.view.group;
    const known = this.groups.map(({ name }) => name);
    const names = chosen === null || known.includes(chosen) ? known : [...known, chosen];
    // the first option's value cannot be a group's name: names contain no control characters
    return html`<select aria-label=${t('services.group.filter')}
      @change=${(event) => this.#filter({ group: event.target.value === '\n' ? null : event.target.value })}>
      <option value=${'\n'} .selected=${chosen === null}>${t('services.group.all')}</option>
      ${names.map((name) => html`<option value=${name} .selected=${chosen === name}>${name || t('services.group.none')}</option>`)}
    </select>`;
  }

  #typed(event) {
    const q = event.target.value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#filter({ q }), WAIT_MS);
  }

  #filter(change) {
    this.dispatchEvent(new CustomEvent('filter', { detail: change }));
  }
}

customElements.define('service-filters', ServiceFilters);
