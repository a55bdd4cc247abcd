import { svg, html, nothing } from 'lit';
import { describe } from '../lib/cells.js';
import { PageElement } from '../lib/element.js';
import { hideTip, showTip } from './tip.js';

const WIDTH = 360;
const HEIGHT = 28;
/** How high a cell is tells its state without its colour. */
const HEIGHTS = { up: 28, degraded: 20, down: 12, none: 3 };

/**
 * Uptime as a row of cells. One tab stop, as a slider that cannot be changed but read: arrow keys move a marked cell,
 * whose text a tooltip shows and a screen reader says.
 *
 * `cells` are those of lib/cells.js, `label` names it.
 */
class UptimeBar extends PageElement {
  static properties = { cells: { attribute: false }, label: {}, marked: { state: true } };

  constructor() {
    super();
    this.cells = [];
    this.label = '';
    /** The marked cell; null for none: then the newest is the current one. */
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
      ${Object.keys(HEIGHTS).map((state) => this.#shape(state, step))}
      ${this.marked === null
        ? nothing
        : svg`<rect class="mark" x=${this.#current * step} y="0" width=${step - 1} height=${HEIGHT}/>`}
    </svg>`;
  }

  /** All cells of a state are one path: thousands of elements less in a long list. */
  #shape(state, step) {
    const height = HEIGHTS[state];
    const width = Math.round((step - Math.max(1, step / 6)) * 100) / 100;
    let d = '';
    this.cells.forEach((cell, i) => {
      if (cell.state === state) {
        d += `M${Math.round(i * step * 100) / 100} ${HEIGHT - height}h${width}v${height}h-${width}z`;
      }
    });
    return d ? svg`<path class=${state} d=${d}/>` : nothing;
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

  /** A finger that is lifted leaves, too; what it pointed at stays until another place is touched. */
  #pointerLeft = (event) => {
    if (event.pointerType === 'mouse' && !event.currentTarget.matches(':focus-visible')) {
      this.#left();
    }
  };
}

customElements.define('uptime-bar', UptimeBar);
