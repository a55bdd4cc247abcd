import { html } from 'lit';
import { t } from '../lib/i18n.js';

/** What the lines and marks of the chart mean. */
export const chartKey = () => html`
  <ul class="chart-key muted">
    <li><svg viewBox="0 0 24 12" aria-hidden="true"><path class="median" d="M1 6h22"/></svg>${t('service.key.median')}</li>
    <li><svg viewBox="0 0 24 12" aria-hidden="true"><path class="band" d="M1 1h22v10H1z"/><path class="high" d="M1 1.5h22"/></svg>${t('service.key.high')}</li>
    <li><svg viewBox="0 0 12 12" aria-hidden="true"><path class="failed" d="M1.5 1.5l9 9m0-9l-9 9"/></svg>${t('service.key.all')}</li>
    <li><svg viewBox="0 0 12 12" aria-hidden="true"><path class="failed" d="M6 1.5l4.5 9h-9z"/></svg>${t('service.key.some')}</li>
  </ul>`;
