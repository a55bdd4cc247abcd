import { html, render } from 'lit';
import { openDialog } from '../../components/dialog.js';
import { t } from '../../lib/i18n.js';

const MAX = 100;

/** Asks for the group of `count` services: an existing one, a new one, or none. Returns undefined if cancelled. */
export async function askGroup(groups, count) {
  const form = document.createElement('form');
  form.className = 'confirm';
  const opened = {};
  render(
    html`<div class="field">
        <label for="bulk-group">${t('services.field.group')}</label>
        <input id="bulk-group" list="bulk-groups" maxlength=${MAX} autocomplete="off" aria-describedby="bulk-group-hint">
        <datalist id="bulk-groups">${groups.filter(({ name }) => name).map(({ name }) => html`<option value=${name}></option>`)}</datalist>
        <span class="hint" id="bulk-group-hint">${t('services.group.hint')}</span>
      </div>
      <div class="dialog-actions">
        <button type="button" class="button" @click=${() => opened.close()}>${t('cancel')}</button>
        <button type="submit" class="button primary">${t('services.bulk.group')}</button>
      </div>`,
    form,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    opened.close(form.querySelector('input').value.trim());
  });
  Object.assign(opened, openDialog(form, { title: t('services.bulk.group.title', { count }) }));
  form.querySelector('input').focus();
  return opened.closed;
}
