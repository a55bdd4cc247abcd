import { html } from 'lit';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';

class AdminSettings extends PageElement {
  render() {
    return html`<h1>${t('admin.nav.settings')}</h1>`;
  }
}

customElements.define('admin-settings', AdminSettings);
