import { html, nothing } from 'lit';
import { PageElement } from '../lib/element.js';
import { number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { PERIODS } from '../lib/cells.js';
import { isSearchKey, SEARCH_KEYS, SEARCH_KEYS_ARIA } from '../lib/search-key.js';
import { icon } from '../components/icons.js';

const TYPING_MS = 20; // combines keys pressed together; outdated responses are dropped anyway

/**
 * Search, filter, period and folding. Dispatches `filter` with `{q, show}`, `period` with its key, and `fold` with
 * whether to fold all groups. `foldable` is null without groups, else whether any group is unfolded.
 */
class BoardToolbar extends PageElement {
  static properties = {
    filter: { attribute: false },
    counts: { attribute: false },
    period: {},
    foldable: { attribute: false },
  };

  #timer = null;

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.#shortcut);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#shortcut);
    clearTimeout(this.#timer);
  }

  get #field() {
    return this.querySelector('input[type=search]');
  }

  render() {
    return html`<div class="toolbar" role="search">
      <label class="search">
        <span class="visually-hidden">${t('board.search')}</span>
        ${icon('search')}
        <input type="search" name="q" maxlength="200" autocomplete="off" spellcheck="false" aria-keyshortcuts=${SEARCH_KEYS_ARIA}
          placeholder=${t('board.search')} .value=${this.filter.q} @input=${this.#typed} @keydown=${this.#key}>
        <kbd aria-hidden="true">${SEARCH_KEYS}</kbd>
      </label>
      ${this.#choice('show', t('board.show'), this.filter.show, this.#shows())}
      ${this.foldable === null
        ? nothing
        : html`<button type="button" class="button small" @click=${() => this.#tell('fold', this.foldable)}>
            ${t(this.foldable ? 'board.fold.all' : 'board.unfold.all')}</button>`}
      ${this.#choice('period', t('board.period'), this.period,
        Object.keys(PERIODS).map((period) => [period, t(`board.period.${period}`)]))}
    </div>`;
  }

  /** "All" and "not up", plus a single state if a link selected it. */
  #shows() {
    const { total, up } = this.counts;
    const { show } = this.filter;
    const option = (value, text, count) => [value, html`${text} <span class="number">${number(count)}</span>`];
    const shows = [option('all', t('board.show.all'), total), option('not-up', t('board.show.not.up'), total - up)];
    return show === 'all' || show === 'not-up' ? shows : [...shows, option(show, t(`status.${show}`), this.counts[show])];
  }

  /** Radio buttons styled as a segmented control. */
  #choice(name, legend, chosen, options) {
    return html`<fieldset class="segments" @change=${(event) => this.#chosen(name, event.target.value)}>
      <legend class="visually-hidden">${legend}</legend>
      ${options.map(
        ([value, text]) => html`<label><input type="radio" name=${name} value=${value} .checked=${value === chosen}>
          <span>${text}</span></label>`,
      )}
    </fieldset>`;
  }

  #chosen(name, value) {
    if (name === 'period') {
      this.#tell('period', value);
    } else {
      this.#tell('filter', { q: this.#field.value.trim(), show: value });
    }
  }

  #typed = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), TYPING_MS);
  };

  #search() {
    clearTimeout(this.#timer);
    const q = this.#field.value.trim();
    if (q !== this.filter.q) {
      this.#tell('filter', { ...this.filter, q });
    }
  }

  #key = (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (event.target.value) {
        event.target.value = '';
        this.#search();
      } else {
        event.target.blur();
      }
    } else if (event.key === 'Enter') {
      this.#search();
    }
  };

  #shortcut = (event) => {
    if (isSearchKey(event)) {
      event.preventDefault();
      this.#field.focus();
      this.#field.select();
    }
  };

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

customElements.define('board-toolbar', BoardToolbar);
