import { html, nothing } from 'lit';
import { t } from '../lib/i18n.js';

/** The end of a form: the save button, the unsaved-changes notice and a button to discard them. */
export const saveBar = (dirty, discard) => html`<div class="save-bar">
  <button type="submit" class="button primary">${t('save')}</button>
  ${dirty
    ? html`<button type="button" class="button quiet" @click=${discard}>${t('settings.discard')}</button>`
    : nothing}
  <span class="unsaved" role="status">${dirty ? t('settings.unsaved') : ''}</span>
</div>`;
