import { html } from 'lit';
import { warnAlike } from '../components/alike.js';
import { whileBusy } from '../components/busy.js';
import { focusFirstProblem } from '../components/field.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { Draft } from './services/draft.js';
import { copyName } from './services/duplicate.js';
import { loadRules, newService } from './services/field-rules.js';
import { isAdvanced } from './services/form-fields.js';
import { add, change, readDefaults, readService, tryOut } from './services/form-requests.js';
import { formComing, formMessages, formView } from './services/form-view.js';
import { refusedFields } from './services/refusal.js';
import { difference, toValues } from './services/values.js';
import { guard } from './unsaved.js';

/**
 * Form to add, edit or duplicate a service.
 *
 * Dispatches `saved` with the service as returned by the server.
 */
class ServiceForm extends PageElement {
  static properties = {
    /** `add`, `edit` or `duplicate`. */
    mode: { attribute: false },
    /** The service to start from; unused for `add`. */
    name: { attribute: false },
    groups: { attribute: false },
    message: { state: true },
    notice: { state: true },
    advanced: { state: true },
    test: { state: true },
    /** Whether the service is defined in the services file and therefore read-only. */
    declared: { state: true },
    /** See `readDefaults`; null until loaded. */
    defaults: { state: true },
  };

  /** The input so far; null until the service is loaded. */
  #draft = null;
  #id = null;
  #saving = false;
  #abort = new AbortController();

  constructor() {
    super();
    this.groups = [];
    this.defaults = null;
  }

  get dirty() {
    return this.#draft !== null && !this.#saving && this.#draft.isChanged;
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
    try {
      await loadRules();
      if (this.mode === 'add') {
        this.#loadDefaults();
        this.#begin(newService());
        return;
      }
      const { service, defaults } = await readService(this.name, this.#abort.signal);
      this.defaults = defaults;
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

  async #loadDefaults() {
    try {
      this.defaults = await readDefaults(this.#abort.signal);
    } catch {
      // the form works without it
    }
  }

  async #begin(service) {
    const draft = new Draft(service);
    if (this.mode === 'duplicate') {
      this.notice = draft.becomeNew();
      draft.begin();
    }
    const { values } = draft;
    const plain = { ...toValues(newService()), followRedirects: values.followRedirects };
    this.advanced = this.mode !== 'add' && Object.keys(difference(values, plain)).some(isAdvanced);
    this.#draft = draft;
    this.requestUpdate();
    await this.updateComplete;
    const first = this.querySelector('#service-name');
    first?.focus();
    if (this.mode === 'duplicate') {
      first?.select();
    }
  }

  // concurrent changes

  async changedElsewhere({ id, name }) {
    if (id !== this.#id || this.#saving || !this.#draft) {
      return;
    }
    const now = await this.#readAgain(name);
    const notice = now && !this.#saving ? this.#draft.meet(now) : null;
    if (notice) {
      this.name = name;
      this.notice = notice;
    }
  }

  async #readAgain(name) {
    try {
      const { service } = await readService(name, this.#abort.signal);
      return service?.id === this.#id ? service : null;
    } catch {
      return null;
    }
  }

  removedElsewhere(id) {
    if (id === this.#id && !this.#saving) {
      this.#gone();
    }
  }

  /** Keeps the input when the service is deleted. */
  #gone() {
    this.mode = 'add';
    this.#id = null;
    this.notice = [t('services.deleted.elsewhere'), this.#draft.becomeNew()].filter(Boolean).join(' ');
  }

  // typing

  /** Applies a change to the draft and renders it. */
  #edit(change) {
    change(this.#draft);
    this.requestUpdate();
  }

  #key(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.querySelector('form').requestSubmit();
    }
  }

  // saving and testing

  /** Shows all validation errors and focuses the first. Returns whether the form is valid. */
  async #valid(others) {
    this.#draft.completeAddress();
    const wrong = this.#draft.judge(others);
    await this.#show(wrong);
    return wrong.length === 0;
  }

  async #show(wrong) {
    this.requestUpdate();
    if (wrong.length > 0) {
      this.advanced ||= wrong.some(isAdvanced);
      await focusFirstProblem(this);
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
      const { values, initial } = this.#draft;
      const answer = await (this.mode === 'edit' ? change(this.name, values, initial) : add(values));
      this.dispatchEvent(new CustomEvent('saved', { detail: answer.service }));
      warnAlike([answer]);
    } catch (e) {
      this.#saving = false;
      await this.#refused(e);
    }
  }

  async #refused(error) {
    if (error.status === 409 && error.message.includes('declared')) {
      this.declared = true; // moved to the services file after the form was opened
      return;
    }
    if (error.status === 404 && this.mode === 'edit') {
      this.#gone(); // the event is missing or has not arrived yet
      await this.#scrollTo('[role=status] .banner');
      return;
    }
    const problems = refusedFields(error, this.#draft.values);
    if (!problems) {
      this.message = explain(error);
      await this.#scrollTo('.form-message');
      return;
    }
    this.#draft.refused(problems);
    await this.#show(Object.keys(problems));
  }

  async #scrollTo(selector) {
    await this.updateComplete;
    this.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
  }

  async #try(button) {
    this.message = null;
    const unnamed = this.#draft.values.name === '';
    if (!(await this.#valid(unnamed ? { name: '-' } : {}))) {
      return; // a service without a name can be tested
    }
    this.test = { running: true };
    await whileBusy(button, async () => {
      try {
        this.test = await tryOut(this.#draft.values, this.#id, this.#abort.signal);
      } catch (e) {
        this.test = null;
        if (e.name !== 'AbortError') {
          await this.#refused(e);
        }
      }
    });
    await this.#scrollTo('.form-tested');
  }

  // rendering

  render() {
    return html`${formMessages(this)}
      ${this.#draft ? this.#form() : formComing(this.message, () => this.load())}`;
  }

  #form() {
    const { values, problems, hasStoredBody } = this.#draft;
    const fields = {
      ...{ mode: this.mode, groups: this.groups, ...this.defaults, values, problems },
      bodyStored: this.#id !== null && hasStoredBody,
      set: (change) => this.#edit((draft) => draft.set(change)),
      leftHeader: (id) => this.#edit((draft) => draft.leaveHeader(id)),
    };
    return formView(fields, this, {
      submit: (event) => this.#save(event),
      focusout: ({ target }) => this.#edit((draft) => draft.leave(target.name)),
      keydown: (event) => this.#key(event),
      unfold: (open) => (this.advanced = open),
      test: (event) => this.#try(event.currentTarget),
      cancel: () => this.dispatchEvent(new Event('cancel-form')),
    });
  }
}

customElements.define('service-form', ServiceForm);
