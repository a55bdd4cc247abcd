import { confirm } from '../components/dialog.js';
import { t } from '../lib/i18n.js';

const guarded = new Map();

/**
 * Protects unsaved input: while the element is in the page and `isDirty()` returns true, navigating away asks first.
 * Code that closes the element itself must call {@link mayLeave}.
 *
 * @return a function that removes the guard; not needed for an element that has left the page
 */
export function guard(element, isDirty) {
  guarded.set(element, isDirty);
  return () => guarded.delete(element);
}

/** Whether there is unsaved input, in the element `within` or anywhere. */
export function isUnsaved(within = null) {
  for (const [element, isDirty] of guarded) {
    if (!element.isConnected) {
      guarded.delete(element);
    } else if ((within === null || within.contains(element)) && isDirty()) {
      return true;
    }
  }
  return false;
}

/** Asks if there is unsaved input; resolves to whether to continue. */
export async function mayLeave(within = null) {
  return (
    !isUnsaved(within) ||
    confirm({ title: t('unsaved.title'), text: t('unsaved.text'), action: t('unsaved.discard'), danger: true })
  );
}

window.addEventListener('beforeunload', (event) => {
  if (isUnsaved()) {
    event.preventDefault();
  }
});
