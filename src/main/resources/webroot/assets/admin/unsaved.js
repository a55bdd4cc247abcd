import { confirm } from '../components/dialog.js';
import { t } from '../lib/i18n.js';

const guarded = new Map();

/**
 * Keeps what was typed into an element from getting lost: while `isDirty()` says so and the element is in the page,
 * going elsewhere is asked about first. Whoever closes the element itself asks by {@link mayLeave}.
 *
 * @return a function that ends the guard; an element that is no longer in the page needs none
 */
export function guard(element, isDirty) {
  guarded.set(element, isDirty);
  return () => guarded.delete(element);
}

/** Whether something typed would be lost; `within` one element, or anywhere. */
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

/** A promise of whether to go on; asks where something would be lost. */
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
