import { html, nothing } from 'lit';
import { whileBusy } from '../components/busy.js';
import { focusFirstProblem, textField } from '../components/field.js';
import { send } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { EMPTY, problemsOf, refused, toFields } from './keys/draft.js';
import { expiryFields } from './keys/expiry-fields.js';
import { guard } from './unsaved.js';

const SCOPES = ['read', 'write', 'admin'];

/** Form to create a key: name, scope and limits. Dispatches `made` with the API's response, or `cancelled`. */
class KeyForm extends PageElement {
  static properties = {
    draft: { state: true },
    problems: { state: true },
  };

  constructor() {
    super();
    this.draft = EMPTY;
    this.problems = {};
    guard(this, () => JSON.stringify({ ...this.draft, scope: EMPTY.scope }) !== JSON.stringify(EMPTY));
  }

  render() {
    return html`<form class="form" novalidate @submit=${this.submit}>
      ${this.text('name', { maxlength: 100, required: true })}
      <fieldset class="choices">
        <legend>${t('keys.scope')}</legend>
        ${SCOPES.map((scope) => this.scope(scope))}
      </fieldset>
      ${this.draft.scope === 'admin' ? nothing : this.text('selector', { maxlength: 2000 })}
      <div class="columns">
        ${expiryFields(this.draft.expiry, this.problems.expiresAt, (expiry) => this.set({ expiry }, 'expiresAt'))}
      </div>
      ${this.text('rateLimit', { inputmode: 'numeric' })}
      ${this.problems.other
        ? html`<p class="field" role="alert"><span class="problem">${this.problems.other}</span></p>`
        : nothing}
      <div class="dialog-actions">
        <button type="button" class="button" @click=${() => this.dispatchEvent(new Event('cancelled'))}>${t('cancel')}</button>
        <button type="submit" class="button primary">${t('keys.make')}</button>
      </div>
    </form>`;
  }

  text(name, more) {
    return textField({
      id: `key-${name}`,
      label: t(`keys.field.${name}`),
      hint: t(`keys.field.${name}.hint`),
      problem: this.problems[name],
      value: this.draft[name],
      onInput: (value) => this.set({ [name]: value }, name),
      ...more,
    });
  }

  scope(scope) {
    return html`<label class="choice">
      <input type="radio" name="scope" value=${scope} .checked=${scope === this.draft.scope}
        aria-describedby="scope-${scope}" @change=${() => this.set({ scope })}>
      <span><strong>${t(`keys.scope.${scope}`)}</strong>
        <span class="muted" id="scope-${scope}">${t(`keys.scope.${scope}.hint`)}</span></span>
    </label>`;
  }

  /** @param field whose problem the change may have fixed */
  set(change, field) {
    this.draft = { ...this.draft, ...change };
    this.problems = { ...this.problems, [field]: null, other: null };
  }

  async submit(event) {
    event.preventDefault();
    this.problems = problemsOf(this.draft);
    if (Object.keys(this.problems).length === 0) {
      await whileBusy(this.querySelector('[type=submit]'), () => this.create());
    }
    focusFirstProblem(this);
  }

  async create() {
    try {
      const made = await send('POST', '/api/keys', { body: toFields(this.draft) });
      this.dispatchEvent(new CustomEvent('made', { detail: made }));
    } catch (e) {
      this.problems = refused(e, this.draft) ?? { other: explain(e) };
    }
  }
}

customElements.define('key-form', KeyForm);
