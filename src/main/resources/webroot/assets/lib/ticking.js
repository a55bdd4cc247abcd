import { PageElement } from './element.js';

/** An element that shows a running duration: it re-renders every second while the page is visible. */
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
