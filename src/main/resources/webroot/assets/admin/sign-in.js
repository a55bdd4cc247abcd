import { html, nothing } from 'lit';
import { whileBusy } from '../components/busy.js';
import { focusFirstProblem } from '../components/field.js';
import '../components/password-field.js';
import { send, useSession } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { missing } from '../lib/problems.js';

/** The sign-in form. Dispatches `signed-in` on success. */
class SignInForm extends PageElement {
  static properties = {
    problem: { state: true },
    /** Seconds until the next attempt is allowed; 0 if allowed now. */
    wait: { state: true },
  };

  constructor() {
    super();
    this.problem = null;
    this.wait = 0;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  render() {
    const problem = this.wait > 0 ? t('error.limited', { count: this.wait }) : this.problem;
    return html`<form class="sign-in" novalidate @submit=${this.submit}>
      <span class="visually-hidden" aria-hidden="true">
        <input type="text" name="username" value="admin" autocomplete="username" tabindex="-1" readonly>
      </span>
      <password-field field-id="password" label=${t('admin.password')} .problem=${problem}></password-field>
      <button type="submit" class="button primary" aria-disabled=${this.wait > 0 ? 'true' : nothing}>
        ${t('admin.signIn')}
      </button>
    </form>`;
  }

  focus() {
    this.updateComplete.then(() => this.querySelector('#password')?.focus());
  }

  async submit(event) {
    event.preventDefault();
    const field = this.querySelector('password-field');
    if (this.wait > 0) {
      return;
    }
    this.problem = missing(field.value);
    if (this.problem === null) {
      await whileBusy(event.submitter ?? this.querySelector('[type=submit]'), () => this.signIn(field));
    }
    await field.updateComplete;
    focusFirstProblem(this);
  }

  async signIn(field) {
    try {
      useSession(await send('POST', '/api/auth/login', { body: { password: field.value } }));
      field.value = '';
      this.dispatchEvent(new Event('signed-in'));
    } catch (e) {
      this.problem = e.status === 401 ? t('admin.wrongPassword') : e.status === 400 ? t('admin.wrongPassword') : explain(e);
      if (e.status === 429) {
        this.count(Math.max(1, e.retryAfter));
      }
    }
    await this.updateComplete;
  }

  /** Counts down until the server accepts another attempt. */
  count(seconds) {
    this.problem = null;
    this.wait = seconds;
    clearInterval(this.timer);
    this.timer = setInterval(() => {
      if (--this.wait <= 0) {
        clearInterval(this.timer);
      }
    }, 1_000);
  }
}

customElements.define('sign-in-form', SignInForm);
