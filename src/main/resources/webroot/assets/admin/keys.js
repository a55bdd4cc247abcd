import { html } from 'lit';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';

class AdminKeys extends PageElement {
  render() {
    return html`<h1>${t('admin.nav.keys')}</h1>`;
  }
}

customElements.define('admin-keys', AdminKeys);
