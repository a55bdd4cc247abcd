import { svg, html, nothing } from 'lit';
import { describe, endsOf } from '../lib/cells.js';
import { PageElement } from '../lib/element.js';
import { HEIGHT, shapesOf, WIDTH } from './cell-shapes.js';
import { hideTip, showTip } from './tip.js';

/**
 * Uptime as a row of cells. It is a single tab stop with the role of a read-only slider: arrow keys move the marked
 * cell, whose text is shown in a tooltip and announced.
 *
 * `cells` come from lib/cells.js, `label` is the accessible name; `legend` adds the dates of both ends and their time
 * zone below.
 */
class UptimeBar extends PageElement {
  static properties = { cells: { attribute: false }, label: {}, legend: { type: Boolean }, marked: { state: true } };

  constructor() {
    super();
    this.cells = [];
    this.label = '';
    this.legend = false;
    /** The marked cell; null for none, in which case the newest is current. */
    this.marked = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    hideTip(this);
  }

  get #current() {
    return Math.min(this.marked ?? Infinity, this.cells.length - 1);
  }

  render() {
    const count = this.cells.length;
    const step = WIDTH / count;
    return html`<svg class="cells" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" tabindex="0"
      role="slider" aria-readonly="true" aria-label=${this.label} aria-valuemin="1" aria-valuemax=${count}
      aria-valuenow=${this.#current + 1} aria-valuetext=${this.#text()}
      @keydown=${this.#key} @focus=${this.#focused} @blur=${this.#left}
      @pointermove=${this.#pointed} @pointerdown=${this.#pointed} @pointerleave=${this.#pointerLeft}>
      ${shapesOf(this.cells).map(([kind, path]) => svg`<path class=${kind} d=${path}/>`)}
      ${this.marked === null
        ? nothing
        : svg`<rect class="mark" x=${this.#current * step} y="0" width=${step} height=${HEIGHT}/>`}
    </svg>${this.legend ? legendOf(this.cells) : nothing}`;
  }

  #text() {
    const cell = this.cells[this.#current];
    if (!cell) {
      return '';
    }
    const { when, state, share } = describe(cell);
    return [when, state, share].filter(Boolean).join(', ');
  }

  #mark(index) {
    this.marked = Math.max(0, Math.min(index, this.cells.length - 1));
    const cell = this.cells[this.marked];
    const { when, state, share } = describe(cell);
    showTip(this, () => this.#boxOf(this.#current), [when, state, share]);
  }

  #boxOf(index) {
    const bar = this.querySelector('svg').getBoundingClientRect();
    const width = bar.width / this.cells.length;
    return { left: bar.left + index * width, width, top: bar.top, bottom: bar.bottom };
  }

  #key = (event) => {
    const at = this.#current;
    const to = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      PageDown: at - 7,
      PageUp: at + 7,
      Home: 0,
      End: this.cells.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#mark(to);
    }
  };

  #focused = (event) => {
    if (event.currentTarget.matches(':focus-visible')) {
      this.#mark(this.#current);
    }
  };

  #left = () => {
    this.marked = null;
    hideTip(this);
  };

  #pointed = (event) => {
    const bar = event.currentTarget.getBoundingClientRect();
    this.#mark(Math.floor(((event.clientX - bar.left) / bar.width) * this.cells.length));
  };

  /** Lifting a finger also fires this event; the marked cell stays until another place is touched. */
  #pointerLeft = (event) => {
    if (event.pointerType === 'mouse' && !event.currentTarget.matches(':focus-visible')) {
      this.#left();
    }
  };
}

/** The labels of both ends of one or more aligned bars; each bar's own text covers its cells. */
export function legendOf(cells) {
  const ends = endsOf(cells);
  return html`<p class="bar-legend muted" aria-hidden="true">
    <span>${ends?.from}</span><span>${ends?.zone}</span><span>${ends?.to}</span>
  </p>`;
}

customElements.define('uptime-bar', UptimeBar);
