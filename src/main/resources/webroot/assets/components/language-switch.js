import { html } from 'lit';
import { PageElement } from '../lib/element.js';
import { chooseLanguage, language, LANGUAGES, t } from '../lib/i18n.js';

/** Selects the language of the pages. */
class LanguageSwitch extends PageElement {
  render() {
    return html`<select aria-label=${t('language')} @change=${this.#choose}>
      ${Object.entries(LANGUAGES).map(
        ([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === language}>${name}</option>`,
      )}
    </select>`;
  }

  #choose = ({ target }) => {
    const wanted = target.value;
    target.value = language; // in case the user stays because of unsaved changes
    chooseLanguage(wanted);
  };
}

customElements.define('language-switch', LanguageSwitch);
