import { html } from 'lit';
import { statusIcon } from '../components/icons.js';

/** A banner for each problem. It is a live region, so it is rendered even when empty. */
export const troubleList = (texts) => html`<div class="troubles" role="status">${texts.map(
  (text) => html`<p class="banner"><span class="status degraded">${statusIcon('degraded')}</span><span>${text}</span></p>`,
)}</div>`;
