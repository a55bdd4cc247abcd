import { html } from 'lit';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';

class AdminDashboard extends PageElement {
  render() {
    return html`<h1>${t('admin.nav.dashboard')}</h1>`;
  }
}

customElements.define('admin-dashboard', AdminDashboard);
