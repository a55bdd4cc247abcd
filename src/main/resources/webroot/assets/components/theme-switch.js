import { html } from 'lit';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';
import { chooseTheme, chosenTheme } from '../lib/theme.js';
import { icon } from './icons.js';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' };
const ICONS = { auto: 'screen', light: 'sun', dark: 'moon' };

/** Shows the current theme and cycles through system preference, light and dark. */
class ThemeSwitch extends PageElement {
  #changed = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('theme-changed', this.#changed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('theme-changed', this.#changed);
  }

  render() {
    const now = chosenTheme();
    const theme = t(`theme.${now}`);
    const label = t('theme.switch', { theme, next: t(`theme.${NEXT[now]}`) });
    return html`<button type="button" class="button quiet" aria-label=${label} title=${label}
      @click=${() => chooseTheme(NEXT[now])}>${icon(ICONS[now])}<span class="word">${theme}</span></button>`;
  }
}

customElements.define('theme-switch', ThemeSwitch);
