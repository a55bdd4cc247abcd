import { html, nothing, render } from 'lit';
import { whileBusy } from '../../components/busy.js';
import { openDialog } from '../../components/dialog.js';
import { get } from '../../lib/api.js';
import { explain } from '../../lib/errors.js';
import { t } from '../../lib/i18n.js';
import { saveFile } from '../../lib/save.js';

const FORMS = {
  csv: 'text/csv',
  yaml: 'application/yaml',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
};
const TIMEOUT_MS = 180_000;

/** Asks for the file format and downloads all services. */
export async function exportServices() {
  const form = document.createElement('form');
  form.className = 'confirm';
  const opened = {};
  const abort = new AbortController();
  const show = (error) =>
    render(
      html`<fieldset class="choices">
          <legend>${t('services.export.form')}</legend>
          ${Object.keys(FORMS).map(
            (name) => html`<label class="choice"><input type="radio" name="form" value=${name} ?checked=${name === 'csv'}
                aria-describedby="export-${name}">
              <span><strong>${t(`services.export.${name}`)}</strong>
                <span class="muted" id="export-${name}">${t(`services.export.${name}.hint`)}</span></span></label>`,
          )}
        </fieldset>
        <p class="muted">${t('services.export.secrets')}</p>
        <div role="alert">${error ? html`<p class="banner bad wrap">${explain(error)}</p>` : nothing}</div>
        <div class="dialog-actions">
          <button type="button" class="button" @click=${() => opened.close()}>${t('cancel')}</button>
          <button type="submit" class="button primary">${t('services.export.save')}</button>
        </div>`,
      form,
    );
  show(null);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const name = new FormData(form).get('form');
    await whileBusy(form.querySelector('[type=submit]'), async () => {
      show(null);
      try {
        await download(name, abort.signal);
        opened.close();
      } catch (e) {
        if (!abort.signal.aborted) {
          show(e);
        }
      }
    });
  });
  Object.assign(opened, openDialog(form, { title: t('services.export.title') }));
  form.querySelector('input').focus();
  await opened.closed;
  abort.abort();
}

/** Spreadsheets need a byte order mark to read CSV as UTF-8; without it, names and secrets would be garbled. */
async function download(name, signal) {
  const content = await get('/api/services/export', {}, { accept: FORMS[name], timeout: TIMEOUT_MS, signal });
  saveFile(new Blob(name === 'csv' ? ['\ufeff', content] : [content], { type: FORMS[name] }), `services.${name}`);
}
