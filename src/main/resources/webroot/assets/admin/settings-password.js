import { html, nothing } from 'lit';
import { whileBusy } from '../components/busy.js';
import { focusFirstProblem } from '../components/field.js';
import '../components/password-field.js';
import { MIN_PASSWORD, strengthHint } from '../components/strength.js';
import { toast } from '../components/toast.js';
import { send, useSession } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { missing, problemText } from '../lib/problems.js';
import { saveBar } from './save-bar.js';
import { guard } from './unsaved.js';

const FIELDS = ['currentPassword', 'newPassword'];

/** Changes the password, which ends all other sessions. */
class PasswordSettings extends PageElement {
  static properties = {
    currentPassword: { state: true },
    newPassword: { state: true },
    problems: { state: true },
  };

  constructor() {
    super();
    this.discard();
    guard(this, () => this.dirty);
  }

  get dirty() {
    return this.currentPassword !== '' || this.newPassword !== '';
  }

  discard() {
    this.currentPassword = '';
    this.newPassword = '';
    this.problems = {};
  }

  render() {
    return html`<section class="card section" aria-labelledby="password-title">
      <h2 id="password-title">${t('settings.password')}</h2>
      <form class="form" novalidate @submit=${this.submit}>
        <span class="visually-hidden" aria-hidden="true">
          <input type="text" name="username" value="admin" autocomplete="username" tabindex="-1" readonly>
        </span>
        ${this.field('currentPassword', 'current-password')}
        <div class="with-strength">
          ${this.field('newPassword', 'new-password')}
          ${this.problems.newPassword ? nothing : strengthHint(this.newPassword)}
        </div>
        ${saveBar(this.dirty, () => this.discard())}
      </form>
    </section>`;
  }

  field(name, autocomplete) {
    return html`<password-field field-id=${name} label=${t(`settings.${name}`)} autocomplete=${autocomplete}
      .value=${this[name]} .problem=${this.problems[name]}
      @input=${(event) => {
        this[name] = event.currentTarget.value;
        this.problems = { ...this.problems, [name]: null };
      }}></password-field>`;
  }

  async submit(event) {
    event.preventDefault();
    const { currentPassword, newPassword } = this;
    this.problems = {
      currentPassword: currentPassword === '' ? missing('') : null,
      newPassword: [...newPassword].length < MIN_PASSWORD ? t('strength.0', { count: MIN_PASSWORD }) : null,
    };
    if (!this.problems.currentPassword && !this.problems.newPassword) {
      await whileBusy(this.querySelector('[type=submit]'), () => this.save({ currentPassword, newPassword }));
    }
    await this.updateComplete;
    await Promise.all([...this.querySelectorAll('password-field')].map((child) => child.updateComplete));
    focusFirstProblem(this);
  }

  async save(body) {
    try {
      useSession(await send('PUT', '/api/auth/password', { body }));
      this.discard();
      toast(t('settings.password.done'));
    } catch (e) {
      if (e.status === 401) {
        this.problems = { currentPassword: t('admin.wrongPassword') };
      } else if (FIELDS.includes(e.field)) {
        this.problems = { [e.field]: problemText(e) };
      } else {
        toast(explain(e), { kind: 'bad' });
      }
    }
  }
}

customElements.define('password-settings', PasswordSettings);
