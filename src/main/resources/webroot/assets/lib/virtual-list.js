import { html, noChange } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';

/** So much above and below the window is in the document, too: scrolling does not show empty space. */
const OVERSCAN_PX = 400;

/** A layout of rows that are all of one height, in pixels. See {@link VirtualList} for what a layout is. */
export const evenRows = (count, height) => ({
  count,
  height: count * height,
  topOf: (index) => index * height,
  indexAt: (y) => Math.floor(y / height),
});

/**
 * A list of any length that scrolls with the window; only what is seen is in the document.
 *
 * - `layout`: `{count, height, topOf(index), indexAt(y)}`, all in pixels: where rows are, without measuring any
 * - `row`: function of an index that gives the row's template
 * - `key`: function of an index that gives what stays with the row's content: an element moves with its key
 * - `label`: names the list
 *
 * Dispatches `seen` with `{first, last}`, the indexes that are in the window, when these have changed.
 */
class VirtualList extends PageElement {
  static properties = {
    layout: { attribute: false },
    row: { attribute: false },
    key: { attribute: false },
    label: {},
  };

  #frame = null;
  #first = 0;
  #last = -1;
  /** The row that has the focus: it stays in the document when it is scrolled away, or the focus would be lost. */
  #focused = null;
  #told = '';
  /** What stands above the list may grow or go. */
  #page = new ResizeObserver(() => this.#moved());

  constructor() {
    super();
    this.layout = evenRows(0, 1);
    this.key = (index) => index;
    this.label = '';
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('scroll', this.#moved, { passive: true });
    window.addEventListener('resize', this.#moved, { passive: true });
    this.#page.observe(document.body);
    this.addEventListener('focusin', this.#focusIn);
    this.addEventListener('focusout', this.#focusOut);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('scroll', this.#moved);
    window.removeEventListener('resize', this.#moved);
    this.#page.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  /** Reads the document's layout at most once a frame. */
  #moved = () => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      if (this.#measure()) {
        this.requestUpdate();
      }
    });
  };

  /** Finds out which rows are near the window. Returns whether they are others than before. */
  #measure() {
    const above = -this.getBoundingClientRect().top;
    const below = above + window.innerHeight;
    const first = this.#clamp(this.layout.indexAt(above - OVERSCAN_PX));
    const last = this.#clamp(this.layout.indexAt(below + OVERSCAN_PX));
    this.#tell(this.#clamp(this.layout.indexAt(above)), this.#clamp(this.layout.indexAt(below)));
    const changed = first !== this.#first || last !== this.#last;
    this.#first = first;
    this.#last = last;
    return changed;
  }

  #clamp(index) {
    return Math.max(0, Math.min(index, this.layout.count - 1));
  }

  #tell(first, last) {
    const told = `${first}-${last}`;
    if (this.layout.count > 0 && told !== this.#told) {
      this.#told = told;
      this.dispatchEvent(new CustomEvent('seen', { detail: { first, last } }));
    }
  }

  willUpdate(changed) {
    if (changed.has('layout')) {
      this.#told = '';
      if (this.hasUpdated) {
        this.#measure();
      }
    }
  }

  render() {
    const indexes = [];
    for (let i = this.#first; i <= Math.min(this.#last, this.layout.count - 1); i++) {
      indexes.push(i);
    }
    const kept = this.#focused?.index;
    const seen = (i) => i >= this.#first && i <= this.#last;
    if (kept < this.#first) {
      indexes.unshift(kept);
    } else if (kept > this.#last && kept < this.layout.count) {
      indexes.push(kept);
    }
    return html`<div class="virtual" role="list" aria-label=${this.label}>
      ${repeat(
        indexes,
        (i) => (seen(i) ? this.key(i) : this.#focused.key),
        (i) => html`<div class="virtual-row" role="listitem" aria-setsize=${this.layout.count} aria-posinset=${i + 1}
          .index=${i} .key=${seen(i) ? this.key(i) : noChange}>${seen(i) ? this.row(i) : noChange}</div>`,
      )}
    </div>`;
  }

  /** Places are set by script: the policy allows no style attributes. Nothing is read here, only written. */
  updated() {
    const list = this.firstElementChild;
    list.style.height = `${this.layout.height}px`;
    for (const row of list.children) {
      const top = this.layout.topOf(row.index);
      if (row.top !== top) {
        row.top = top;
        row.style.transform = `translateY(${top}px)`;
      }
    }
  }

  firstUpdated() {
    this.#moved();
  }

  #focusIn = (event) => {
    this.#focused = event.target.closest('.virtual-row');
  };

  #focusOut = () => {
    this.#focused = null;
    this.#moved();
  };
}

customElements.define('virtual-list', VirtualList);
