import { html } from 'lit';
import { whileBusy } from '../components/busy.js';
import { confirm } from '../components/dialog.js';
import { icon } from '../components/icons.js';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';
import { signOut } from './session.js';

/** Signs out of this session or of all sessions. */
class SessionSettings extends PageElement {
  render() {
    return html`<section class="card section" aria-labelledby="sessions-title">
      <h2 id="sessions-title">${t('settings.sessions')}</h2>
      <p>${t('settings.sessions.text')}</p>
      <div class="save-bar">
        <button type="button" class="button" @click=${(event) => whileBusy(event.currentTarget, () => signOut())}>
          ${icon('out')}${t('admin.signOut')}</button>
        <button type="button" class="button danger" @click=${this.everywhere}>${t('settings.everywhere')}</button>
      </div>
    </section>`;
  }

  async everywhere(event) {
    const button = event.currentTarget;
    const sure = await confirm({
      title: t('settings.everywhere.title'),
      text: t('settings.everywhere.text'),
      action: t('settings.everywhere'),
      danger: true,
    });
    if (sure) {
      await whileBusy(button, () => signOut({ everywhere: true }));
    }
  }
}

customElements.define('session-settings', SessionSettings);
