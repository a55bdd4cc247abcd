import { html, nothing, svg } from 'lit';
import { statusIcon } from '../../components/icons.js';
import { ago, dateTime, decimal, milliseconds, number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

export const COLUMNS = ['name', 'share', 'services', 'checks', 'lag', 'queued', 'seen'];

/** A node of `/api/nodes` as a table row; `known` is the whole response. */
export const nodeRow = (node, known) => html`<tr class=${node.live ? '' : 'gone'}>
  <th scope="row" class="wrap">
    <span class="node-name">${node.name}</span>
    <span class="node-tags">
      ${node.live
        ? html`<span class="status up">${statusIcon('up')}<span>${t('nodes.live')}</span></span>`
        : html`<span class="status down">${statusIcon('down')}<span>${t('nodes.gone')}</span></span>`}
      ${node.self ? html`<span class="tag">${t('nodes.self')}</span>` : nothing}
      ${node.location ? html`<span class="tag">${node.location}</span>` : nothing}
    </span>
  </th>
  <td data-label=${t('nodes.share')}>${share(node.partitions, known.partitions)}</td>
  ${figure('services', node, number(node.services))}
  ${figure('checks', node, decimal(node.checksPerSecond))}
  ${figure('lag', node, milliseconds(node.lagP99))}
  ${figure('queued', node, number(node.queued))}
  <td data-label=${t('nodes.seen')} class="seen right">${seen(node, known)}</td>
</tr>`;

/** Hides the figures of a dead node; its last ones would be taken for current. */
const figure = (name, node, value) =>
  html`<td data-label=${t(`nodes.${name}`)} class="number right">${node.live ? value : t('none')}</td>`;

const share = (part, whole) => html`<span class="share">
  <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="10"></rect>
    ${svg`<rect class="part" width=${(100 * part) / whole} height="10"></rect>`}
  </svg>
  <span class="number">${t('nodes.share.of', { part, whole })}</span>
</span>`;

/** Both times are from Redis' clock; the browser's clock may differ. */
const seen = (node, known) =>
  known.storeReachable && node.live
    ? t('nodes.now')
    : html`<time datetime=${new Date(node.seenAt).toISOString()} title=${dateTime(node.seenAt)}>${ago(node.seenAt, known.asOf)}</time>`;
