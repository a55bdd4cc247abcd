import { html, nothing } from 'lit';
import { whileBusy } from '../components/busy.js';
import { openDialog } from '../components/dialog.js';
import { described, field, focusFirstProblem, invalid, textField } from '../components/field.js';
import { testResult } from '../components/test-result.js';
import { get, send } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { problemText } from '../lib/problems.js';
import { CHECK_TIMEOUT } from './services/check-result.js';
import './services/header-rows.js';
import { METHODS, problemsOf } from './services/rules.js';
import { NEW, difference, followsByDefault, toFields, toValues } from './services/values.js';
import { guard, mayLeave } from './unsaved.js';

const ADVANCED = ['method', 'expectedStatus', 'interval', 'timeout', 'headers', 'body', 'followRedirects', 'ignoreTlsErrors'];
const MAX_NAME = 200;

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
    const theirs = Object.keys(difference(now, this.#initial));
    if (theirs.length === 0) {
      return;
    }
    const mine = difference(this.values, this.#initial);
    this.values = { ...this.values, ...Object.fromEntries(theirs.filter((name) => !(name in mine)).map((name) => [name, now[name]])) };
    this.#initial = now;
    this.name = name;
    const fields = theirs.map((name) => t(`services.field.${name}`)).join(', ');
    const kept = theirs.filter((name) => name in mine).map((name) => t(`services.field.${name}`));
    this.notice = t('services.changed.elsewhere', { fields }) + (kept.length ? ` ${t('services.changed.kept', { fields: kept.join(', ') })}` : '');
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
    this.notice = t('services.deleted.elsewhere');
  }

  // typing

  #set(change) {
    this.values = { ...this.values, ...change };
    const problems = problemsOf(this.values);
    for (const name of Object.keys(change)) {
      if (name in this.problems) {
        this.#touched.add(name);
        this.#judge(name, problems);
      }
    }
    if ('headers' in change) {
      for (const row of this.values.headers) {
        if (this.#touched.has(`header-${row.id}`)) {
          this.#judge(`header-${row.id}`, problems);
        }
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
    if (wrong.some((name) => ADVANCED.includes(name) || name.startsWith('header-'))) {
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
      const { service } = await (this.mode === 'edit'
        ? send('PATCH', '/api/services', { query: { name: this.name }, body: difference(this.values, this.#initial) })
        : send('POST', '/api/services', { body: toFields(this.values) }));
      this.dispatchEvent(new CustomEvent('saved', { detail: service }));
    } catch (e) {
      this.#saving = false;
      await this.#refused(e);
    }
  }

  async #refused(error) {
    if (error.status === 404 && this.mode === 'edit') {
      this.#gone(); // and the events have not told of it, or not yet
      await this.updateComplete;
      this.querySelector('[role=status] .banner')?.scrollIntoView({ block: 'nearest' });
      return;
    }
    const name = error.status === 409 ? 'name' : this.#fieldOf(error.field);
    if (!name) {
      this.message = explain(error);
      await this.updateComplete;
      this.querySelector('.form-message')?.scrollIntoView({ block: 'nearest' });
      return;
    }
    this.problems = { ...this.problems, [name]: error.status === 409 ? t('services.problem.taken') : problemText(error) };
    this.#unfold([name]);
    await focusFirstProblem(this);
  }

  /** The field of the form that the server's word is about; null where there is none. */
  #fieldOf(given) {
    if (given?.startsWith('headers.')) {
      const name = given.slice('headers.'.length).replace(/…$/, '');
      const row = this.values.headers.find((one) => one.name.startsWith(name));
      return row ? `header-${row.id}` : 'headers';
    }
    return given in NEW ? given : null;
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
        const body = name ? { name, ...fields } : fields;
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
    return html`<form novalidate class="service-form" @submit=${this.#save} @focusout=${this.#leave} @keydown=${this.#key}>
      ${this.#text('name', { required: true })}
      ${this.#text('url', { required: true, type: 'url', inputmode: 'url', placeholder: 'https://example.com/health' })}
      ${this.#area('description', 2)}
      ${this.#group()}
      <div class="checks">${this.#check('visible')}${this.#check('paused')}</div>
      <details .open=${Boolean(this.advanced)} @toggle=${(event) => (this.advanced = event.target.open)}>
        <summary>${t('services.advanced')}</summary>
        <div class="advanced">${this.#more()}</div>
      </details>
      <div class="form-tested" role="status">${this.#tested()}</div>
      <div class="dialog-actions form-actions">
        <button type="button" class="button" @click=${(event) => this.#try(event.currentTarget)}>${t('services.test')}</button>
        <span class="space"></span>
        <button type="button" class="button" @click=${() => this.dispatchEvent(new Event('cancel-form'))}>${t('cancel')}</button>
        <button type="submit" class="button primary" title="${t('services.save.key')}">${t('save')}</button>
      </div>
    </form>`;
  }

  #more() {
    const { values } = this;
    const follows = t(followsByDefault(values) ? 'services.redirects.follow' : 'services.redirects.not');
    return html`
      <div class="columns">
        ${this.#select('method', METHODS.map((name) => [name, name]))}
        ${this.#text('expectedStatus', { inputmode: 'numeric', hint: t('services.expectedStatus.hint') })}
        ${this.#text('interval', { inputmode: 'numeric', hint: t('services.interval.hint') })}
        ${this.#text('timeout', { inputmode: 'numeric', hint: t('services.timeout.hint') })}
      </div>
      ${this.#select(
        'followRedirects',
        [
          ['default', t('services.redirects.default', { follows })],
          ['true', t('services.redirects.follow')],
          ['false', t('services.redirects.not')],
        ],
        this.mode === 'edit' ? t('services.redirects.hint') : null,
      )}
      <header-rows .headers=${values.headers} .problems=${this.problems} @headers=${(event) => this.#set({ headers: event.detail })}
        @left=${(event) => this.#leaveHeader(event.detail)}></header-rows>
      <datalist id="header-names">${['Accept', 'Authorization', 'Cookie', 'Content-Type', 'Host', 'User-Agent', 'X-Api-Key'].map(
        (name) => html`<option value=${name}></option>`,
      )}</datalist>
      ${this.#area('body', 4, 'code')}
      ${this.#check('ignoreTlsErrors')}
      ${values.ignoreTlsErrors ? html`<p class="banner" role="status">${t('services.ignoreTlsErrors.warning')}</p>` : nothing}`;
  }

  #leaveHeader(id) {
    this.#touched.add(`header-${id}`);
    this.#judge(`header-${id}`);
  }

  #parts(name, more = {}) {
    return { id: `service-${name}`, name, label: t(`services.field.${name}`), problem: this.problems[name], ...more };
  }

  #text(name, more) {
    return textField({ ...this.#parts(name, more), value: this.values[name], onInput: (text) => this.#set({ [name]: text }) });
  }

  #area(name, rows, kind = '') {
    const parts = this.#parts(name);
    return field(
      parts,
      html`<textarea id=${parts.id} name=${name} rows=${rows} class=${kind} spellcheck=${kind ? 'false' : 'true'} .value=${this.values[name]}
        aria-invalid=${invalid(parts.problem)} aria-describedby=${described(parts)}
        @input=${(event) => this.#set({ [name]: event.target.value })}></textarea>`,
    );
  }

  #select(name, options, hint = null) {
    const parts = this.#parts(name, { hint });
    return field(
      parts,
      html`<select id=${parts.id} name=${name} aria-invalid=${invalid(parts.problem)} aria-describedby=${described(parts)}
        @change=${(event) => this.#set({ [name]: event.target.value })}>${options.map(
          ([value, text]) => html`<option value=${value} .selected=${this.values[name] === value}>${text}</option>`,
        )}</select>`,
    );
  }

  #group() {
    const parts = this.#parts('group', { hint: t('services.group.hint') });
    return field(
      parts,
      html`<input id=${parts.id} name="group" list="service-groups" autocomplete="off" .value=${this.values.group}
          aria-invalid=${invalid(parts.problem)} aria-describedby=${described(parts)}
          @input=${(event) => this.#set({ group: event.target.value })}>
        <datalist id="service-groups">${this.groups.filter(({ name }) => name).map(({ name }) => html`<option value=${name}></option>`)}</datalist>`,
    );
  }

  #check(name) {
    return html`<label class="check"><input type="checkbox" name=${name} .checked=${this.values[name]}
      @change=${(event) => this.#set({ [name]: event.target.checked })}><span>${t(`services.field.${name}`)}</span></label>`;
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

function copyName(name) {
  const copy = t('services.copy', { name });
  return [...copy].length <= MAX_NAME ? copy : t('services.copy', { name: [...name].slice(0, MAX_NAME - 20).join('') });
}

/**
 * Opens the form in a dialog.
 *
 * @param asked `mode` and, but for a new one, the `name` of the service
 * @return its `element`, `close`, and `closed`: a promise of the saved service, undefined if nothing was saved
 */
export function openForm({ mode, name }, groups) {
  const element = document.createElement('service-form');
  Object.assign(element, { mode, name, groups });
  const title = t(`services.title.${mode}`, { name });
  const { close, closed } = openDialog(element, { title, wide: true, mayClose: () => mayLeave(element) });
  element.addEventListener('saved', (event) => close(event.detail));
  element.addEventListener('cancel-form', async () => {
    if (await mayLeave(element)) {
      close();
    }
  });
  return { element, close, closed };
}
