import { html } from 'lit';
import { whileBusy } from '../components/busy.js';
import { focusFirstProblem } from '../components/field.js';
import '../components/password-field.js';
import { send } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { missing } from '../lib/problems.js';

/** Asks for the token from the server's log, which proves access to the server. */
class TokenStep extends PageElement {
  static properties = {
    token: { attribute: false },
    problem: { state: true },
  };

  async firstUpdated() {
    this.querySelector('password-field').updateComplete.then(() => this.querySelector('input').focus());
    if (this.token) {
      this.submit(); // the token came with the address
    }
  }

  render() {
    return html`<form novalidate @submit=${this.submit}>
      <p>${t('setup.token.text')}</p>
      <pre class="hint-line"><code>setup token: …</code></pre>
      <password-field field-id="token" label=${t('setup.token.label')} autocomplete="off" .value=${this.token}
        .problem=${this.problem}></password-field>
      <div class="step-actions"><button type="submit" class="button primary">${t('setup.continue')}</button></div>
    </form>`;
  }

  async submit(event) {
    event?.preventDefault();
    await whileBusy(this.querySelector('[type=submit]'), async () => {
      const token = this.querySelector('password-field').value.trim().replace(/^setup token:\s*/i, '');
      this.problem = missing(token) ?? (await this.check(token));
      if (this.problem === null) {
        this.dispatchEvent(new CustomEvent('next', { bubbles: true, detail: { token } }));
      }
    });
    if (this.problem) {
      await this.updateComplete;
      await this.querySelector('password-field').updateComplete;
      focusFirstProblem(this);
    }
  }

  async check(token) {
    try {
      const { completed } = await send('GET', '/api/setup/status', { bearer: token });
      if (completed) {
        this.dispatchEvent(new Event('closed', { bubbles: true }));
      }
      return null;
    } catch (e) {
      return e.status === 401 ? t('setup.token.wrong') : explain(e);
    }
  }
}

customElements.define('token-step', TokenStep);
