import { html } from 'lit';
import './copy-button.js';

/** A line for a terminal, with a button that copies it. */
export const codeSample = (label, text) => html`
  <div class="sample">
    <pre tabindex="0" role="region" aria-label=${label}><code>${text}</code></pre>
    <copy-button .text=${text} label=${label}></copy-button>
  </div>`;
