import { html, noChange } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from './element.js';

/** Rendered margin above and below the window, so that scrolling shows no blank space. */
const OVERSCAN_PX = 400;

/** A layout of rows of equal height, in pixels; see {@link VirtualList}. */
export const evenRows = (count, height) => ({
  count,
  height: count * height,
  topOf: (index) => index * height,
  indexAt: (y) => Math.floor(y / height),
});

/**
 * A list of any length that scrolls with the window; only the visible rows are in the document.
 *
 * - `layout`: `{count, height, topOf(index), indexAt(y)}`, in pixels: row positions without measuring rows
 * - `row`: function from index to the row's template
 * - `key`: function from index to the identity of the row's content: an element moves with its key
 * - `label`: the accessible name
 *
 * Dispatches `seen` with `{first, last}`, the visible indexes, when they change.
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
  /** The focused row; it stays in the document when scrolled out of view, so that the focus is not lost. */
  #focused = null;
  #told = '';
  /** Detects size changes of the content above the list. */
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

  /** Reads the document's layout at most once per frame. */
  #moved = () => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      if (this.#measure()) {
        this.requestUpdate();
      }
    });
  };

  /** Computes the rows near the window. Returns whether they have changed. */
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

  /** Sets positions by script, since the CSP forbids style attributes. Only writes layout, never reads it. */
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
