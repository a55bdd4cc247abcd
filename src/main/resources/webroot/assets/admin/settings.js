import { html } from 'lit';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';
import './settings-history.js';
import './settings-password.js';
import './settings-sessions.js';
import './settings-site.js';

/** The settings page; each section is saved separately. */
class AdminSettings extends PageElement {
  render() {
    return html`<div class="view-head"><h1>${t('admin.nav.settings')}</h1></div>
      <div class="sections">
        <site-settings></site-settings>
        <history-settings></history-settings>
        <password-settings></password-settings>
        <session-settings></session-settings>
      </div>`;
  }
}

customElements.define('admin-settings', AdminSettings);
