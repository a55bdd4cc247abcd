import { PageElement } from './element.js';

/** An element that tells how long something has lasted: it is drawn anew each second while the page is seen. */
export class TickingElement extends PageElement {
  #timer = null;

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => document.hidden || this.requestUpdate(), 1_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }
}
