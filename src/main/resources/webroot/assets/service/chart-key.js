import { html, svg } from 'lit';
import { t } from '../lib/i18n.js';

const item = (key, width, drawing) => html`
  <li><svg viewBox="0 0 ${width} 12" aria-hidden="true">${drawing}</svg>${t(`service.key.${key}`)}</li>`;

/** The legend of the chart's lines and marks. */
export const chartKey = () => html`
  <ul class="chart-key muted">
    ${item('median', 24, svg`<path class="median" d="M1 6h22"/>`)}
    ${item('high', 24, svg`<path class="band" d="M1 1h22v10H1z"/><path class="high" d="M1 1.5h22"/>`)}
    ${item('all', 12, svg`<path class="failed" d="M1.5 1.5l9 9m0-9l-9 9"/>`)}
    ${item('some', 12, svg`<path class="failed" d="M6 1.5l4.5 9h-9z"/>`)}
  </ul>`;
