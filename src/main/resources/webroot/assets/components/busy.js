const SHOWN_AFTER_MS = 250;

/**
 * Shows a button as busy and ignores presses until the work has ended. The button keeps its width and the focus.
 *
 * @param work a promise, or a function that returns one
 * @return the work's promise
 */
export async function whileBusy(button, work) {
  if (!button) {
    return typeof work === 'function' ? work() : work;
  }
  if (button.hasAttribute('aria-busy')) {
    return undefined;
  }
  button.setAttribute('aria-busy', 'true');
  button.addEventListener('click', swallow, { capture: true });
  const timer = setTimeout(() => button.toggleAttribute('data-busy', true), SHOWN_AFTER_MS);
  try {
    return await (typeof work === 'function' ? work() : work);
  } finally {
    clearTimeout(timer);
    button.removeAttribute('aria-busy');
    button.removeAttribute('data-busy');
    button.removeEventListener('click', swallow, { capture: true });
  }
}

/** Enter in a field triggers the form's button, too. */
function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
