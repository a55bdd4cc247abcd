import { openDialog } from '../../components/dialog.js';
import { t } from '../../lib/i18n.js';
import '../service-form.js';
import { mayLeave } from '../unsaved.js';

/** The form that the address asks for: `?add=`, `?add=` and a name to duplicate it, `?edit=` and a name. */
export class AddressedForm {
  #told;
  #asked = null;
  #opened = null;

  /**
   * @param told `saved` is called with a saved service and the form's mode, and before it `closed`, where the form was
   *     not closed by the address
   */
  constructor(told) {
    this.#told = told;
  }

  /** The form's element; null while none is open. */
  get element() {
    return this.#opened?.element ?? null;
  }

  /** Opens or closes the form as the address asks. */
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

/** Opens the form in a dialog: its `element`, `close`, and `closed`, a promise of the saved service or of undefined. */
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
