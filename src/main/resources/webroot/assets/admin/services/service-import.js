import { html, nothing } from 'lit';
import { whileBusy } from '../../components/busy.js';
import { confirm, openDialog } from '../../components/dialog.js';
import { described, field, invalid } from '../../components/field.js';
import { PageElement } from '../../lib/element.js';
import { explain } from '../../lib/errors.js';
import { t } from '../../lib/i18n.js';
import { ACCEPT, MAX_BYTES, readFile, typeOf } from './import-requests.js';
import { difference, refusal } from './import-view.js';

/** Errors whose message from the server says what to do about the file. */
const OWN_WORDS = [400, 413, 429, 503];
/** From this many deletions on, their number must be typed. */
const MANY = 50;

/**
 * Imports services from a file, after a preview of the changes. Dispatches `imported` with the API's response, or
 * `cancelled`.
 */
class ServiceImport extends PageElement {
  static properties = {
    problem: { state: true },
    deleteAbsent: { state: true },
    comparing: { state: true },
    applying: { state: true },
    found: { state: true },
    error: { state: true },
  };

  #import = null;
  #abort = null;
  /** Counts the choices of a file, so that one that is read late is not taken for the current one. */
  #choice = 0;

  constructor() {
    super();
    this.deleteAbsent = false;
    this.applying = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#abort?.abort();
  }

  render() {
    const parts = { id: 'import-file', label: t('services.import.file'), hint: t('services.import.file.hint'), problem: this.problem };
    return html`<form class="form import" novalidate @submit=${this.#apply}>
      ${field(
        parts,
        html`<input id=${parts.id} type="file" accept=${ACCEPT} aria-describedby=${described(parts)}
          aria-invalid=${invalid(this.problem)} ?disabled=${this.applying} @click=${this.#forget} @change=${this.#choose}>`,
      )}
      <label class="choice import-delete">
        <input type="checkbox" .checked=${this.deleteAbsent} ?disabled=${this.applying} aria-describedby="import-delete-hint" @change=${this.#toggle}>
        <span><strong>${t('services.import.delete')}</strong>
          <span class="muted" id="import-delete-hint">${t('services.import.delete.hint')}</span></span>
      </label>
      <p role="status">${this.#status()}</p>
      ${this.found ? difference(this.found) : nothing}
      ${this.error ? refusal(this.error, this.#explained()) : nothing}
      <div class="dialog-actions">
        <button type="button" class="button" @click=${() => this.dispatchEvent(new Event('cancelled'))}>${t('cancel')}</button>
        <button type="submit" class="button ${this.found?.counts.deleted ? 'danger filled' : 'primary'}"
          ?disabled=${!this.#changes()}>${this.#action()}</button>
      </div>
    </form>`;
  }

  #status() {
    if (this.comparing) {
      return html`<span class="spinner"></span> ${t('services.import.comparing')}`;
    }
    if (!this.found) {
      return nothing;
    }
    return t(this.#changes() ? 'services.import.found' : 'services.import.nothing');
  }

  #explained() {
    return OWN_WORDS.includes(this.error.status) ? this.error.message : explain(this.error);
  }

  #changes() {
    const counts = this.found?.counts;
    return counts && counts.created + counts.changed + counts.deleted > 0;
  }

  #action() {
    const deleted = this.found?.counts.deleted;
    return deleted ? t('services.import.apply.delete', { count: deleted }) : t('services.import.apply');
  }

  /** Without a file, choosing the same one again is a change. */
  #forget(event) {
    event.target.value = '';
    this.#reset();
    this.#import = null;
    this.problem = null;
  }

  async #choose(event) {
    const [file] = event.target.files;
    const choice = this.#reset();
    this.#import = null;
    this.problem = file ? problemOf(file) : null;
    if (!file || this.problem) {
      return;
    }
    this.comparing = true;
    let content = null;
    try {
      content = await readFile(file);
    } catch {
      // the file is gone, or changed since it was chosen
    }
    if (choice !== this.#choice) {
      return;
    }
    this.#import = content;
    if (content) {
      this.#compare();
    } else {
      this.comparing = false;
      this.problem = t('services.import.unreadable');
    }
  }

  #toggle(event) {
    this.deleteAbsent = event.target.checked;
    if (this.#import) {
      this.#compare();
    }
  }

  /** Drops the preview and what leads to one. Returns the number of the new choice. */
  #reset() {
    this.#abort?.abort();
    Object.assign(this, { found: null, error: null, comparing: false });
    return ++this.#choice;
  }

  async #compare() {
    const choice = this.#reset();
    const abort = new AbortController();
    this.#abort = abort;
    this.comparing = true;
    let result;
    try {
      result = { found: await this.#import.compare(this.deleteAbsent, abort.signal) };
    } catch (error) {
      result = { error };
    }
    if (choice === this.#choice) {
      Object.assign(this, result, { comparing: false });
    }
  }

  /** Imports what the preview shows: nothing if it changed while the user was asked. */
  async #apply(event) {
    event.preventDefault();
    if (!this.#changes() || this.applying) {
      return;
    }
    const choice = this.#choice;
    const { deleteAbsent } = this;
    const { deleted } = this.found.counts;
    const file = this.#import;
    if ((deleted > 0 && !(await sure(deleted))) || choice !== this.#choice) {
      return;
    }
    await whileBusy(this.querySelector('[type=submit]'), async () => {
      Object.assign(this, { error: null, applying: true });
      try {
        const done = await file.apply(deleteAbsent);
        this.dispatchEvent(new CustomEvent('imported', { detail: done }));
      } catch (e) {
        this.error = e;
      }
      this.applying = false;
    });
  }
}

const problemOf = (file) =>
  !typeOf(file.name) ? t('services.import.type') : file.size > MAX_BYTES ? t('services.import.size') : null;

const sure = (count) =>
  confirm({
    title: t('services.delete.many.title', { count }),
    text: t('services.import.delete.text'),
    action: t('services.import.apply.delete', { count }),
    danger: true,
    typed: count >= MANY ? String(count) : null,
  });

customElements.define('service-import', ServiceImport);

/** Opens the import in a dialog. Returns the API's response; undefined if nothing was imported. */
export function importServices() {
  const element = document.createElement('service-import');
  const { close, closed } = openDialog(element, { title: t('services.import.title'), wide: true });
  element.addEventListener('imported', (event) => close(event.detail));
  element.addEventListener('cancelled', () => close());
  return closed;
}
