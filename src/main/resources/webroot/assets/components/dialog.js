import { html, nothing, render } from 'lit';
import { t } from '../lib/i18n.js';
import { icon } from './icons.js';

let count = 0;

/**
 * Shows an element in a modal dialog. The browser traps the focus and restores it afterwards.
 *
 * @param content the element; the caller keeps ownership
 * @param options `title` shown above it; `wide`; `mayClose` decides (possibly as a promise) whether Escape, the close
 *     button or a click outside closes the dialog; `closable: false` disables all three
 * @return `closed`, a promise of the argument of `close(value)` (undefined if the user dismissed it), and `close`
 */
export function openDialog(content, { title, wide = false, mayClose = () => true, closable = true } = {}) {
  const dialog = document.createElement('dialog');
  const id = `dialog-${++count}`;
  dialog.className = wide ? 'dialog wide' : 'dialog';
  dialog.setAttribute('aria-labelledby', id);
  let result;
  const close = (value) => {
    result = value;
    dialog.close();
  };
  const ask = async () => {
    if (closable && (await mayClose())) {
      close();
    }
  };
  render(
    html`<div class="dialog-head">
        <h2 id=${id} class="wrap">${title}</h2>
        ${closable
          ? html`<button type="button" class="button quiet" aria-label=${t('close')} @click=${ask}>${icon('close')}</button>`
          : nothing}
      </div>
      <div class="dialog-body">${content}</div>`,
    dialog,
  );
  const closed = new Promise((done) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      done(result);
    });
  });
  dialog.addEventListener('cancel', (event) => {
    if (event.target === dialog) {
      event.preventDefault();
      ask();
    }
  });
  dialog.addEventListener('keydown', (event) => {
    // browsers let a second Escape close the dialog without a cancelable event
    if (event.key === 'Escape') {
      event.preventDefault();
      ask();
    }
  });
  onPressBeside(dialog, ask);
  document.body.append(dialog);
  dialog.showModal();
  return { closed, close, dialog };
}

/**
 * Asks for confirmation.
 *
 * @param question `title`; `text`; `action`, the label of the confirm button; `danger`; `typed`, a word that must be
 *     typed to enable it
 * @return a promise of whether the user confirmed
 */
export async function confirm({ title, text = '', action, danger = false, typed = null }) {
  const form = document.createElement('form');
  form.className = 'confirm';
  const opened = { close: () => {} };
  const doIt = (event) => {
    event.preventDefault();
    const input = form.querySelector('input');
    if (typed !== null && input.value.trim() !== typed) {
      input.setAttribute('aria-invalid', 'true');
      form.querySelector('.problem').hidden = false;
      input.focus();
      return;
    }
    opened.close(true);
  };
  render(
    html`${text ? html`<p class="wrap">${text}</p>` : nothing}
      ${typed === null
        ? nothing
        : html`<div class="field">
            <label for="confirm-typed">${t('confirm.type', { word: typed })}</label>
            <input id="confirm-typed" autocomplete="off" autocapitalize="off" spellcheck="false"
              aria-describedby="confirm-problem">
            <span class="problem" id="confirm-problem" hidden>${t('confirm.differs')}</span>
          </div>`}
      <div class="dialog-actions">
        <button type="button" class="button" ?autofocus=${danger && typed === null} @click=${() => opened.close(false)}>
          ${t('cancel')}
        </button>
        <button type="submit" class="button ${danger ? 'danger filled' : 'primary'}" ?autofocus=${!danger}>${action}</button>
      </div>`,
    form,
  );
  form.addEventListener('submit', doIt);
  Object.assign(opened, openDialog(form, { title }));
  form.querySelector(typed === null ? '[autofocus]' : 'input').focus();
  return (await opened.closed) === true;
}

/** Ignores a drag that starts inside, such as a text selection, and ends outside. */
function onPressBeside(dialog, run) {
  let began = false;
  dialog.addEventListener('pointerdown', (event) => {
    began = event.target === dialog;
  });
  dialog.addEventListener('click', (event) => {
    if (began && event.target === dialog) {
      run();
    }
    began = false;
  });
}
