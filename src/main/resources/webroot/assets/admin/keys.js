import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { whileBusy } from '../components/busy.js';
import { confirm, openDialog } from '../components/dialog.js';
import { icon } from '../components/icons.js';
import { toast } from '../components/toast.js';
import { address, get, send } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { short } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import './key-form.js';
import { COLUMNS, keyRow } from './keys/row.js';
import './new-key.js';
import { mayLeave } from './unsaved.js';

/** The API keys with their scope, limits and last use. */
class AdminKeys extends PageElement {
  static properties = {
    keys: { state: true },
    problem: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    try {
      this.keys = (await get('/api/keys')).keys;
      this.problem = null;
    } catch (e) {
      this.problem = explain(e);
    }
  }

  render() {
    return html`<div class="view-head">
        <h1>${t('admin.nav.keys')}</h1>
        <button type="button" class="button primary" @click=${this.make}>${icon('plus')}${t('keys.make')}</button>
      </div>
      <p class="intro">${t('keys.intro')} <a href=${address('/docs')}>${t('keys.docs')}</a></p>
      ${this.problem
        ? html`<div class="card empty" role="alert"><p>${this.problem}</p>
            <button type="button" class="button" @click=${this.load}>${t('try.again')}</button></div>`
        : this.keys === undefined
          ? html`<p class="muted">${t('loading')}</p>`
          : this.keys.length === 0
            ? html`<div class="card empty"><h2>${t('keys.none')}</h2><p>${t('keys.noneText')}</p></div>`
            : this.table()}`;
  }

  table() {
    return html`<div class="card table-card" role="region" aria-label=${t('admin.nav.keys')} tabindex="0">
      <table class="stacked keys">
        <thead><tr>${['name', ...COLUMNS].map((name) => html`<th scope="col">${t(`keys.${name}`)}</th>`)}
          <th scope="col"><span class="visually-hidden">${t('keys.actions')}</span></th></tr></thead>
        <tbody>${repeat(this.keys, (key) => key.id, (key) => keyRow(key, (button) => this.revoke(button, key)))}</tbody>
      </table>
    </div>`;
  }

  async make() {
    const form = document.createElement('key-form');
    const { closed, close } = openDialog(form, { title: t('keys.make'), mayClose: () => mayLeave(form) });
    form.addEventListener('made', (event) => close(event.detail));
    form.addEventListener('cancelled', async () => (await mayLeave(form)) && close());
    await form.updateComplete;
    form.querySelector('input').focus();
    const made = await closed;
    if (made) {
      this.keys = [...(this.keys ?? []), made.apiKey];
      await this.showOnce(made);
      this.load();
    }
  }

  /** Shows the new key once; only the confirmation that it is stored closes the dialog. */
  async showOnce({ key, apiKey }) {
    const shown = document.createElement('new-key');
    shown.secret = key;
    shown.apiKey = apiKey;
    const { closed, close } = openDialog(shown, { title: t('keys.made', { name: apiKey.name }), closable: false, wide: true });
    shown.addEventListener('stored', () => close());
    await shown.updateComplete;
    shown.querySelector('input').focus();
    await closed;
    toast(t('keys.madeToast', { name: short(apiKey.name) }));
  }

  async revoke(button, key) {
    const sure = await confirm({
      title: t('keys.revoke.title', { name: key.name }),
      text: t('keys.revoke.text'),
      action: t('keys.revoke'),
      danger: true,
    });
    if (!sure) {
      return;
    }
    try {
      await whileBusy(button, send('DELETE', `/api/keys/${encodeURIComponent(key.id)}`));
      toast(t('keys.revoked', { name: short(key.name) }));
    } catch (e) {
      if (e.status !== 404) {
        toast(explain(e), { kind: 'bad' });
        return;
      }
    }
    this.keys = this.keys.filter((other) => other.id !== key.id);
    await this.updateComplete;
    this.querySelector('.view-head .button').focus();
  }
}

customElements.define('admin-keys', AdminKeys);
