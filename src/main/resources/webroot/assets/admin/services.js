import { html } from 'lit';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';

class AdminServices extends PageElement {
  render() {
    return html`<h1>${t('admin.nav.services')}</h1>`;
  }
}

customElements.define('admin-services', AdminServices);
