import { html, nothing } from 'lit';
import { whileBusy } from '../components/busy.js';
import { focusFirstProblem, textField } from '../components/field.js';
import '../components/password-field.js';
import { MIN_PASSWORD, strengthHint } from '../components/strength.js';
import { toast } from '../components/toast.js';
import { send, useSession } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { missing, problemText } from '../lib/problems.js';

/** The admin's password and the site's name; saving them completes the setup and invalidates the token. */
class PasswordStep extends PageElement {
  static properties = {
    token: { attribute: false },
    password: { state: true },
    siteName: { state: true },
    problems: { state: true },
  };

  constructor() {
    super();
    this.password = '';
    this.siteName = '';
    this.problems = {};
  }

  render() {
    return html`<form novalidate @submit=${this.submit}>
      <span class="visually-hidden" aria-hidden="true">
        <input type="text" name="username" value="admin" autocomplete="username" tabindex="-1" readonly>
      </span>
      <div class="with-strength">
        <password-field field-id="password" label=${t('setup.password.label')} autocomplete="new-password"
          .problem=${this.problems.password}
          @input=${(event) => {
            this.password = event.currentTarget.value;
            this.problems = { ...this.problems, password: null };
          }}></password-field>
        ${this.problems.password ? nothing : strengthHint(this.password)}
      </div>
      ${textField({
        id: 'siteName',
        label: t('setup.siteName'),
        hint: t('setup.siteName.hint'),
        problem: this.problems.siteName,
        value: this.siteName,
        maxlength: 100,
        required: true,
        autocomplete: 'organization',
        onInput: (value) => {
          this.siteName = value;
          this.problems = { ...this.problems, siteName: null };
        },
      })}
      <div class="step-actions"><button type="submit" class="button primary">${t('setup.continue')}</button></div>
    </form>`;
  }

  async submit(event) {
    event.preventDefault();
    this.problems = {
      password: [...this.password].length < MIN_PASSWORD ? t('strength.0', { count: MIN_PASSWORD }) : null,
      siteName: missing(this.siteName),
    };
    if (!this.problems.password && !this.problems.siteName) {
      await whileBusy(this.querySelector('[type=submit]'), () => this.complete());
    }
    await this.querySelector('password-field')?.updateComplete;
    focusFirstProblem(this);
  }

  async complete() {
    try {
      const body = { password: this.password, siteName: this.siteName.trim() };
      await send('POST', '/api/setup/complete', { bearer: this.token, body });
      useSession(await send('POST', '/api/auth/login', { body: { password: this.password } }));
      this.dispatchEvent(new Event('named', { bubbles: true }));
      this.dispatchEvent(new Event('next', { bubbles: true }));
    } catch (e) {
      if (e.field === 'password' || e.field === 'siteName') {
        this.problems = { [e.field]: problemText(e) };
      } else if (e.status === 409 || e.status === 401) {
        this.dispatchEvent(new Event('closed', { bubbles: true })); // completed by someone else in the meantime
      } else {
        toast(explain(e), { kind: 'bad' });
      }
    }
  }
}

customElements.define('password-step', PasswordStep);
