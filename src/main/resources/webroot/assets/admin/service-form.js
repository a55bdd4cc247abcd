import { html, nothing } from 'lit';
import { warnAlike } from '../components/alike.js';
import { whileBusy } from '../components/busy.js';
import { focusFirstProblem } from '../components/field.js';
import { testResult } from '../components/test-result.js';
import { get, send } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { CHECK_TIMEOUT } from './services/check-result.js';
import { advancedFields, mainFields } from './services/form-fields.js';
import { refusedFields } from './services/refusal.js';
import { problemsOf } from './services/rules.js';
import { HIDDEN, NEW, difference, merged, toFields, toValues, withoutStored } from './services/values.js';
import { guard } from './unsaved.js';

const ADVANCED = ['method', 'expectedStatus', 'interval', 'timeout', 'headers', 'body', 'bodySecret', 'followRedirects', 'ignoreTlsErrors', 'minTlsVersion', 'clientCertificate', 'locations', 'quorum'];
const MAX_NAME = 200;
const OF_HEADER = /^(header|value)-/;

/**
 * A service's fields, to add, edit or duplicate it.
 *
 * Dispatches `saved` with the service as the server has it now.
 */
class ServiceForm extends PageElement {
  static properties = {
    /** `add`, `edit` or `duplicate`. */
    mode: { attribute: false },
    /** The service to begin with; not for `add`. */
    name: { attribute: false },
    groups: { attribute: false },
    values: { state: true },
    problems: { state: true },
    message: { state: true },
    notice: { state: true },
    advanced: { state: true },
    test: { state: true },
    /** Whether the file of services says what it is, so that nothing can be changed here. */
    declared: { state: true },
  };

  #initial = null;
  #id = null;
  #saving = false;
  #touched = new Set();
  #abort = new AbortController();

  constructor() {
    super();
    this.groups = [];
    this.problems = {};
    this.values = null;
  }

  get dirty() {
    return this.values !== null && !this.#saving && Object.keys(difference(this.values, this.#initial)).length > 0;
  }

  connectedCallback() {
    super.connectedCallback();
    guard(this, () => this.dirty);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  async load() {
    this.message = null;
    if (this.mode === 'add') {
      this.#begin(NEW);
      return;
    }
    try {
      const service = await this.#read({ name: this.name });
      if (!service) {
        this.message = t('services.gone');
        return;
      }
      this.#id = this.mode === 'edit' ? service.id : null;
      this.declared = this.mode === 'edit' && Boolean(service.declared);
      this.#begin(this.mode === 'edit' ? service : { ...service, name: copyName(service.name) });
    } catch (e) {
      this.message = explain(e);
    }
  }

  async #read(query) {
    return (await get('/api/services', { ...query, limit: 1 }, { signal: this.#abort.signal })).services[0] ?? null;
  }

  async #begin(service) {
    this.values = toValues(service);
    if (this.mode === 'duplicate') {
      this.notice = this.#loseStored();
    }
    this.#initial = this.values;
    const plain = toValues(NEW);
    this.advanced = this.mode !== 'add' && ADVANCED.some((name) => name in difference(this.values, { ...plain, followRedirects: this.values.followRedirects }));
    await this.updateComplete;
    const first = this.querySelector('#service-name');
    first?.focus();
    if (this.mode === 'duplicate') {
      first?.select();
    }
  }

  /** A new service has none of the stored secrets. Gives what has to be said of it. */
  #loseStored() {
    const { values, lost } = withoutStored(this.values);
    this.values = values;
    const fields = [...lost.headers, ...(lost.body ? [t('services.field.body')] : [])];
    return fields.length > 0 ? t('services.secret.lost', { fields: fields.join(', ') }) : null;
  }

  // what others do meanwhile

  /** Somebody may have changed a service. What is not touched here becomes what it is now; what is, stays. */
  async changedElsewhere({ id, name }) {
    if (id !== this.#id || this.#saving || !this.values) {
      return;
    }
    const now = await this.#readAgain(name);
    if (!now || this.#saving) {
      return;
    }
    const { values, theirs, kept } = merged(this.values, this.#initial, now);
    if (theirs.length === 0) {
      return;
    }
    this.values = values;
    this.#initial = now;
    this.name = name;
    const list = (names) => ({ fields: names.map((one) => t(`services.field.${one}`)).join(', ') });
    const parts = [t('services.changed.elsewhere', list(theirs)), kept.length ? t('services.changed.kept', list(kept)) : ''];
    this.notice = parts.join(' ').trim();
  }

  async #readAgain(name) {
    try {
      const service = await this.#read({ name });
      return service?.id === this.#id ? toValues(service) : null;
    } catch {
      return null;
    }
  }

  removedElsewhere(id) {
    if (id === this.#id && !this.#saving) {
      this.#gone();
    }
  }

  /** What is typed is not lost with the service. */
  #gone() {
    this.mode = 'add';
    this.#id = null;
    this.notice = [t('services.deleted.elsewhere'), this.#loseStored()].filter(Boolean).join(' ');
  }

  // typing

  #set(change) {
    this.values = { ...this.values, ...change };
    const problems = problemsOf(this.values);
    for (const name of new Set([...this.#touched, ...Object.keys(this.problems)])) {
      if (depends(name, change)) {
        this.#touched.add(name);
        this.#judge(name, problems);
      }
    }
  }

  #judge(name, problems = problemsOf(this.values)) {
    const { [name]: before, ...others } = this.problems;
    this.problems = name in problems ? { ...others, [name]: problems[name] } : others;
  }

  #leave(event) {
    const name = event.target.name;
    if (name && this.values && name in this.values && this.values[name] !== this.#initial[name]) {
      this.#judge(name);
    }
  }

  #leaveHeader(id) {
    for (const name of [`header-${id}`, `value-${id}`]) {
      this.#touched.add(name);
      this.#judge(name);
    }
  }

  #key(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.querySelector('form').requestSubmit();
    }
  }

  // saving and testing

  /** Shows all that is wrong, and goes to the first. Gives whether all is well. */
  async #valid() {
    this.problems = problemsOf(this.values);
    const wrong = Object.keys(this.problems);
    wrong.forEach((name) => this.#touched.add(name));
    if (wrong.length === 0) {
      return true;
    }
    this.#unfold(wrong);
    await focusFirstProblem(this);
    return false;
  }

  #unfold(wrong) {
    if (wrong.some((name) => ADVANCED.includes(name) || OF_HEADER.test(name))) {
      this.advanced = true;
    }
  }

  async #save(event) {
    event.preventDefault();
    this.message = null;
    if (await this.#valid()) {
      await whileBusy(this.querySelector('[type=submit]'), () => this.#send());
    }
  }

  async #send() {
    this.#saving = true;
    try {
      const answer = await (this.mode === 'edit'
        ? send('PATCH', '/api/services', { query: { name: this.name }, body: difference(this.values, this.#initial) })
        : send('POST', '/api/services', { body: toFields(this.values) }));
      this.dispatchEvent(new CustomEvent('saved', { detail: answer.service }));
      warnAlike([answer]);
    } catch (e) {
      this.#saving = false;
      await this.#refused(e);
    }
  }

  async #refused(error) {
    if (error.status === 409 && error.message.includes('declared')) {
      this.declared = true; // since the form was opened
      return;
    }
    if (error.status === 404 && this.mode === 'edit') {
      this.#gone(); // and the events have not told of it, or not yet
      await this.updateComplete;
      this.querySelector('[role=status] .banner')?.scrollIntoView({ block: 'nearest' });
      return;
    }
    const problems = refusedFields(error, this.values);
    if (!problems) {
      this.message = explain(error);
      await this.updateComplete;
      this.querySelector('.form-message')?.scrollIntoView({ block: 'nearest' });
      return;
    }
    this.problems = { ...this.problems, ...problems };
    this.#unfold(Object.keys(problems));
    await focusFirstProblem(this);
  }

  async #try(button) {
    this.message = null;
    const problems = problemsOf({ ...this.values, name: this.values.name || '-' });
    if (Object.keys(problems).length > 0) {
      this.problems = problems;
      this.#unfold(Object.keys(problems));
      await focusFirstProblem(this);
      return;
    }
    this.test = { running: true };
    await whileBusy(button, async () => {
      try {
        const { name, ...fields } = toFields(this.values);
        const body = { ...fields, ...(name && { name }), ...(this.#id && { id: this.#id }) };
        const signal = this.#abort.signal;
        this.test = await send('POST', '/api/services/test', { body, signal, timeout: CHECK_TIMEOUT });
      } catch (e) {
        this.test = null;
        if (e.name !== 'AbortError') {
          await this.#refused(e);
        }
      }
    });
    await this.updateComplete;
    this.querySelector('.form-tested')?.scrollIntoView({ block: 'nearest' });
  }

  // what it looks like

  render() {
    const banner = (text, kind) => html`<p class="banner ${kind} wrap">${text}</p>`;
    return html`<div class="form-message" role="alert">${this.message ? banner(this.message, 'bad') : nothing}</div>
      <div role="status">${this.notice ? banner(this.notice, '') : nothing}</div>
      ${this.values
        ? this.#form()
        : this.message
          ? html`<div><button type="button" class="button" @click=${() => this.load()}>${t('try.again')}</button></div>`
          : html`<p class="empty"><span class="spinner"></span><span class="muted">${t('loading')}</span></p>`}`;
  }

  #form() {
    const fields = {
      ...{ mode: this.mode, values: this.values, problems: this.problems, groups: this.groups },
      bodyStored: this.#id !== null && this.#initial.body === HIDDEN,
      set: (change) => this.#set(change),
      leftHeader: (id) => this.#leaveHeader(id),
    };
    return html`<form novalidate class="service-form" @submit=${this.#save} @focusout=${this.#leave} @keydown=${this.#key}>
      ${this.declared ? html`<p class="banner wrap">${t('services.declared.why')}</p>` : nothing}
      <fieldset class="all" ?disabled=${this.declared}>${mainFields(fields)}</fieldset>
      <details .open=${Boolean(this.advanced)} @toggle=${(event) => (this.advanced = event.target.open)}>
        <summary>${t('services.advanced')}</summary>
        <fieldset class="all advanced" ?disabled=${this.declared}>${advancedFields(fields)}</fieldset>
      </details>
      <div class="form-tested" role="status">${this.#tested()}</div>
      <div class="dialog-actions form-actions">
        <button type="button" class="button" @click=${(event) => this.#try(event.currentTarget)}>${t('services.test')}</button>
        <span class="space"></span>
        <button type="button" class="button" @click=${() => this.dispatchEvent(new Event('cancel-form'))}>${t('cancel')}</button>
        ${this.declared
          ? nothing
          : html`<button type="submit" class="button primary" title="${t('services.save.key')}">${t('save')}</button>`}
      </div>
    </form>`;
  }

  #tested() {
    if (!this.test) {
      return nothing;
    }
    return this.test.running
      ? html`<p class="check-words"><span class="spinner"></span> ${t('services.testing')}</p>`
      : testResult(this.test.result);
  }
}

customElements.define('service-form', ServiceForm);

/** Whether what is wrong with a field may be another matter after a change. */
function depends(name, change) {
  return (
    name in change ||
    (OF_HEADER.test(name) && ('headers' in change || 'url' in change)) ||
    (name === 'body' && ('url' in change || 'bodySecret' in change)) ||
    (name === 'bodySecret' && 'body' in change)
  );
}

function copyName(name) {
  const copy = t('services.copy', { name });
  return [...copy].length <= MAX_NAME ? copy : t('services.copy', { name: [...name].slice(0, MAX_NAME - 20).join('') });
}
