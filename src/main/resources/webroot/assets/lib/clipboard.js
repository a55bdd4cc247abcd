/**
 * Copies a text. The clipboard API is unavailable on plain HTTP; there, a temporary field is selected and copied.
 *
 * @param near an element next to which the field may be inserted: an open dialog makes everything outside it inert
 * @return whether the text was copied
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
  field.readOnly = true; // keeps the on-screen keyboard closed
  near.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } finally {
    field.remove();
    focused?.focus({ preventScroll: true });
  }
}
