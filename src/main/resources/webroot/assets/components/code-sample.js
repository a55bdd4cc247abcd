import { html } from 'lit';
import './copy-button.js';

/** A terminal command with a copy button. */
export const codeSample = (label, text) => html`
  <div class="sample">
    <pre tabindex="0" role="region" aria-label=${label}><code>${text}</code></pre>
    <copy-button .text=${text} label=${label}></copy-button>
  </div>`;
