import { LitElement } from 'lit';

/** An element whose content stands in the page itself: one style sheet serves all, and labels reach their fields. */
export class PageElement extends LitElement {
  createRenderRoot() {
    return this;
  }
}
