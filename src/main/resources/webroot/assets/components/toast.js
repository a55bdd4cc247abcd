import { html, render } from 'lit';
import { t } from '../lib/i18n.js';
import { icon } from './icons.js';

const SECONDS = { good: 5, info: 6, bad: Infinity };
const WITH_ACTION_SECONDS = 10;
const MOST = 5;

// One polite live region that exists before it has content, so that additions are announced.
const region = document.createElement('div');
region.className = 'toasts';
region.setAttribute('role', 'status');
region.setAttribute('aria-label', t('toast.region'));
region.popover = 'manual'; // puts it in the top layer, above dialogs
document.body.append(region);
/** The toasts shown, by element. */
const all = new WeakMap();

/**
 * Shows the outcome of an action at the edge of the page. It disappears on its own, except while hovered or focused; a
 * `bad` toast stays until closed.
 *
 * @param options `kind`: good, bad or info; `action`: `{text, run}` for a button, such as undo; `seconds` until it
 *     disappears
 * @return an object with `close()`
 */
export function toast(text, { kind = 'good', action = null, seconds } = {}) {
  const element = document.createElement('div');
  element.className = `toast ${kind}`;
  const shown = new Shown(element, (seconds ?? (action ? WITH_ACTION_SECONDS : SECONDS[kind])) * 1_000);
  render(
    html`<span class="toast-text wrap">${text}</span>
      ${action
        ? html`<button type="button" class="button small" @click=${() => {
            shown.close();
            action.run();
          }}>${action.text}</button>`
        : null}
      <button type="button" class="button quiet small" aria-label=${t('close')} @click=${() => shown.close()}>
        ${icon('close')}
      </button>`,
    element,
  );
  all.set(element, shown);
  show(element);
  return shown;
}

function show(element) {
  if (!region.isConnected) {
    document.body.append(region);
  }
  if (region.matches(':popover-open')) {
    region.hidePopover(); // showing it again puts it above dialogs opened in the meantime
  }
  makeRoom();
  region.append(element);
  region.showPopover();
}

/** Limits the number shown: removes the oldest first, and failures last. */
function makeRoom() {
  const there = [...region.children];
  while (there.length >= MOST) {
    const good = there.findIndex((one) => !one.classList.contains('bad'));
    const [oldest] = there.splice(Math.max(0, good), 1);
    all.get(oldest).close();
  }
}

/** A toast and its timer, which pauses while the toast is hovered or focused. */
class Shown {
  #element;
  #left;
  #since = 0;
  #timer = null;
  /** The element that had the focus before the toast; the focus returns there. */
  #before = null;

  constructor(element, milliseconds) {
    this.#element = element;
    this.#left = milliseconds;
    for (const [type, listener] of [
      ['pointerenter', this.#wait],
      ['pointerleave', this.#goOn],
      ['focusin', this.#wait],
      ['focusout', this.#goOn],
    ]) {
      element.addEventListener(type, listener);
    }
    element.addEventListener('focusin', ({ relatedTarget }) => {
      if (relatedTarget && !region.contains(relatedTarget)) {
        this.#before = relatedTarget;
      }
    });
    this.#goOn();
  }

  #wait = () => {
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#timer = null;
      this.#left -= Date.now() - this.#since;
    }
  };

  #goOn = () => {
    if (this.#timer === null && Number.isFinite(this.#left)) {
      this.#since = Date.now();
      this.#timer = setTimeout(() => this.close(), Math.max(1_000, this.#left));
    }
  };

  close() {
    clearTimeout(this.#timer);
    const focused = this.#element.contains(document.activeElement);
    this.#element.remove();
    if (focused) {
      (this.#before?.isConnected ? this.#before : document.getElementById('main'))?.focus({ preventScroll: true });
    }
    if (!region.hasChildNodes() && region.matches(':popover-open')) {
      region.hidePopover();
    }
  }
}
