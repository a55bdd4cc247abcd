import { html } from 'lit';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';

class AdminHistory extends PageElement {
  render() {
    return html`<h1>${t('admin.nav.history')}</h1>`;
  }
}

customElements.define('admin-history', AdminHistory);
