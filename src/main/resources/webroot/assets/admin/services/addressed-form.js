import { openDialog } from '../../components/dialog.js';
import { t } from '../../lib/i18n.js';
import '../service-form.js';
import { mayLeave } from '../unsaved.js';

/** The form requested by the address: `?add=`, `?add=NAME` to duplicate, `?edit=NAME`. */
export class AddressedForm {
  #told;
  #asked = null;
  #opened = null;

  /**
   * @param told `saved` is called with the saved service and the form's mode; `closed` is called before it, unless a
   *     change of the address closed the form
   */
  constructor(told) {
    this.#told = told;
  }

  /** The form's element; null if none is open. */
  get element() {
    return this.#opened?.element ?? null;
  }

  /** Opens or closes the form to match the address. */
  follow(groups) {
    const asked = readAsked();
    if (JSON.stringify(asked) === JSON.stringify(this.#asked)) {
      return;
    }
    this.close();
    if (asked) {
      const opened = open(asked, groups);
      this.#asked = asked;
      this.#opened = opened;
      opened.closed.then((saved) => this.#closed(opened, asked, saved));
    }
  }

  close() {
    const opened = this.#opened;
    this.#asked = null;
    this.#opened = null;
    opened?.close();
  }

  #closed(opened, { mode }, saved) {
    if (this.#opened === opened) {
      this.#asked = null;
      this.#opened = null;
      this.#told.closed();
    }
    if (saved) {
      this.#told.saved(saved, mode);
    }
  }
}

function readAsked() {
  const query = new URLSearchParams(location.search);
  if (query.has('add')) {
    return query.get('add') ? { mode: 'duplicate', name: query.get('add') } : { mode: 'add' };
  }
  return query.has('edit') ? { mode: 'edit', name: query.get('edit') } : null;
}

/**
 * Opens the form in a dialog. Returns `element`, `close`, and `closed`, a promise of the saved service or undefined.
 */
function open({ mode, name }, groups) {
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
