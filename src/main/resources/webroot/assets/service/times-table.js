import { html } from 'lit';
import { milliseconds, number } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { timeOf } from './words.js';

/** The chart's points as a table, newest first. */
export const timesTable = ({ points, step, to }) => html`
  <div class="times-table" tabindex="0" role="region" aria-label=${t('service.table')}>
    <table>
      <thead>
        <tr>
          <th scope="col">${t('service.table.time')}</th>
          <th scope="col">${t('service.table.checks')}</th>
          <th scope="col">${t('service.table.failed')}</th>
          <th scope="col">${t('service.table.min')}</th>
          <th scope="col">${t('service.table.median')}</th>
          <th scope="col">${t('service.table.high')}</th>
          <th scope="col">${t('service.table.max')}</th>
        </tr>
      </thead>
      <tbody>
        ${points.toReversed().map((point) => html`
          <tr class=${point.up < point.checks ? 'failed' : ''}>
            <th scope="row">${timeOf(point, step, to)}</th>
            <td>${number(point.checks)}</td>
            <td>${number(point.checks - point.up)}</td>
            <td>${milliseconds(point.min)}</td>
            <td>${milliseconds(point.p50)}</td>
            <td>${milliseconds(point.p95)}</td>
            <td>${milliseconds(point.max)}</td>
          </tr>`)}
      </tbody>
    </table>
  </div>`;
