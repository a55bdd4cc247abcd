import { LitElement } from 'lit';

/** Renders without a shadow root, so that one style sheet applies to all elements and labels reach their fields. */
export class PageElement extends LitElement {
  createRenderRoot() {
    return this;
  }
}
