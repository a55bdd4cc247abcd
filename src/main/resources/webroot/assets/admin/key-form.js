import { html, nothing } from 'lit';
import { whileBusy } from '../components/busy.js';
import { focusFirstProblem, textField } from '../components/field.js';
import { send } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { missing, problemText } from '../lib/problems.js';
import { guard } from './unsaved.js';

const SCOPES = ['read', 'write', 'admin'];

/** Name, scope and labels of a key to be made. Dispatches `made` with the API's answer, `cancelled`. */
class KeyForm extends PageElement {
  static properties = {
    name: { state: true },
    scope: { state: true },
    selector: { state: true },
    problems: { state: true },
  };

  constructor() {
    super();
    this.name = '';
    this.scope = 'read';
    this.selector = '';
    this.problems = {};
    guard(this, () => this.name !== '' || this.selector !== '');
  }

  render() {
    return html`<form class="form" novalidate @submit=${this.submit}>
      ${textField({
        id: 'key-name',
        label: t('keys.name'),
        hint: t('keys.name.hint'),
        problem: this.problems.name,
        value: this.name,
        maxlength: 100,
        required: true,
        onInput: (value) => {
          this.name = value;
          this.problems = {};
        },
      })}
      <fieldset class="choices">
        <legend>${t('keys.scope')}</legend>
        ${SCOPES.map(
          (scope) => html`<label class="choice">
            <input type="radio" name="scope" value=${scope} .checked=${scope === this.scope}
              aria-describedby="scope-${scope}" @change=${() => (this.scope = scope)}>
            <span><strong>${t(`keys.scope.${scope}`)}</strong>
              <span class="muted" id="scope-${scope}">${t(`keys.scope.${scope}.hint`)}</span></span>
          </label>`,
        )}
      </fieldset>
      ${this.scope === 'admin'
        ? nothing
        : textField({
            id: 'key-selector',
            label: t('keys.selector'),
            hint: t('keys.selector.hint'),
            problem: this.problems.selector,
            value: this.selector,
            maxlength: 2000,
            onInput: (value) => {
              this.selector = value;
              this.problems = {};
            },
          })}
      ${this.problems.other
        ? html`<p class="field" role="alert"><span class="problem">${this.problems.other}</span></p>`
        : nothing}
      <div class="dialog-actions">
        <button type="button" class="button" @click=${() => this.dispatchEvent(new Event('cancelled'))}>${t('cancel')}</button>
        <button type="submit" class="button primary">${t('keys.make')}</button>
      </div>
    </form>`;
  }

  async submit(event) {
    event.preventDefault();
    this.problems = { name: missing(this.name) };
    if (!this.problems.name) {
      await whileBusy(this.querySelector('[type=submit]'), async () => {
        try {
          const selector = this.scope === 'admin' ? '' : this.selector.trim();
          const body = { name: this.name.trim(), scope: this.scope, ...(selector && { selector }) };
          const made = await send('POST', '/api/keys', { body });
          this.dispatchEvent(new CustomEvent('made', { detail: made }));
        } catch (e) {
          this.problems = ['name', 'selector'].includes(e.field) ? { [e.field]: problemText(e) } : { other: explain(e) };
        }
      });
    }
    focusFirstProblem(this);
  }
}

customElements.define('key-form', KeyForm);
