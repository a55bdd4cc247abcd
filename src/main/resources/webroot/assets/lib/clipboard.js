/**
 * Copies a text. Browsers have no clipboard for pages on plain HTTP: there the text is selected and copied as by Ctrl+C.
 *
 * @param near an element beside which that may be done: while a dialog is open, nothing outside it can be selected
 * @return whether it is in the clipboard now
 */
export async function copyText(text, near) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, near);
  }
}

function copySelected(text, near) {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.className = 'visually-hidden';
  field.value = text;
  field.readOnly = true; // a phone shows no keyboard
  near.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } finally {
    field.remove();
    focused?.focus({ preventScroll: true });
  }
}
