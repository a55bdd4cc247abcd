import { html } from 'lit';
import { statusIcon } from '../components/icons.js';

/** What is wrong, a banner for each text; it is read out as it changes, so it is there where nothing is, too. */
export const troubleList = (texts) => html`<div class="troubles" role="status">${texts.map(
  (text) => html`<p class="banner"><span class="status degraded">${statusIcon('degraded')}</span><span>${text}</span></p>`,
)}</div>`;
