import { html, nothing } from 'lit';
import { warnAlike } from '../components/alike.js';
import { whileBusy } from '../components/busy.js';
import { focusFirstProblem, textField } from '../components/field.js';
import { icon } from '../components/icons.js';
import { testResult } from '../components/test-result.js';
import { send } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { missing, problemText } from '../lib/problems.js';
import { withScheme } from '../lib/scheme.js';

/** One service of the setup: address and name, with a test before saving. Dispatches `remove`. */
class ServiceDraft extends PageElement {
  static properties = {
    row: { type: Number },
    place: { attribute: false },
    removable: { attribute: false },
    url: { state: true },
    name: { state: true },
    named: { state: true },
    problems: { state: true },
    result: { state: true },
    saved: { state: true },
  };

  constructor() {
    super();
    this.url = '';
    this.name = '';
    this.named = false; // whether the name was typed; if so, the address no longer suggests one
    this.problems = {};
  }

  render() {
    return html`<fieldset class="draft" ?disabled=${this.saved}>
      <legend>${t('setup.service', { count: this.place })}</legend>
      ${textField({
        id: `url-${this.row}`,
        label: t('setup.service.url'),
        value: this.url,
        problem: this.problems.url,
        inputmode: 'url',
        required: true,
        placeholder: 'https://example.com/health',
        onInput: (value) => this.typed(value),
      })}
      ${textField({
        id: `name-${this.row}`,
        label: t('setup.service.name'),
        value: this.name,
        problem: this.problems.name,
        required: true,
        onInput: (value) => {
          this.name = value;
          this.named = value !== '';
          this.problems = { ...this.problems, name: null, other: null };
        },
      })}
      <div class="draft-actions">
        <button type="button" class="button small" data-test @click=${this.test}>${t('setup.service.test')}</button>
        ${this.saved ? html`<span class="status up">${t('setup.service.saved')}</span>` : nothing}
        ${this.removable && !this.saved
          ? html`<button type="button" class="button quiet small"
              @click=${() => this.dispatchEvent(new Event('remove'))}>${icon('delete')}${t('setup.service.remove')}</button>`
          : nothing}
      </div>
      <div role="status">${this.result ? testResult(this.result) : nothing}
        ${this.problems.other ? html`<p class="field"><span class="problem">${this.problems.other}</span></p>` : nothing}</div>
    </fieldset>`;
  }

  isEmpty() {
    return this.url.trim() === '' && this.name.trim() === '';
  }

  requireUrl() {
    this.problems = { url: missing(this.url) };
    focusFirstProblem(this);
  }

  focusProblem() {
    focusFirstProblem(this);
  }

  typed(url) {
    this.url = url;
    this.result = null;
    this.problems = {};
    if (!this.named) {
      this.name = hostOf(url);
    }
  }

  /** The request body; an address typed without a scheme gets one. */
  body() {
    this.url = withScheme(this.url);
    return { name: this.name.trim(), url: this.url };
  }

  async test(event) {
    const { url } = this.body();
    this.result = null;
    this.problems = { url: missing(url) };
    if (this.problems.url === null) {
      await whileBusy(event.currentTarget, async () => {
        try {
          this.result = (await send('POST', '/api/services/test', { body: { url } })).result;
        } catch (e) {
          this.refused(e);
        }
      });
    }
    focusFirstProblem(this);
  }

  /** @return a promise of whether it was saved */
  async save() {
    if (this.saved) {
      return true;
    }
    const body = this.body();
    this.problems = { url: missing(body.url), name: missing(body.name) };
    if (this.problems.url || this.problems.name) {
      return false;
    }
    try {
      const answer = await send('POST', '/api/services', { body });
      this.saved = true;
      warnAlike([answer]);
    } catch (e) {
      this.refused(e);
    }
    return Boolean(this.saved);
  }

  refused(e) {
    if (e.field === 'url' || e.field === 'name') {
      this.problems = { [e.field]: problemText(e) };
    } else if (e.status === 409) {
      this.problems = { name: t('problem.taken') };
    } else {
      this.problems = { other: explain(e) };
    }
  }
}

/** The host and port as the suggested name. */
function hostOf(url) {
  try {
    return new URL(withScheme(url)).host.replace(/^www\./, '');
  } catch {
    return '';
  }
}

customElements.define('service-draft', ServiceDraft);
