import { html, nothing } from 'lit';
import { ago, dateTime } from '../../lib/format.js';
import { has, t } from '../../lib/i18n.js';

/**
 * One entry of the audit log.
 *
 * @param choose called with the key or kind of caller whose entries alone are to be shown
 */
export function auditRow(entry, choose) {
  const who = entry.by.key ?? entry.by.kind;
  return html`<tr tabindex="-1">
    <td data-label=${t('audit.at')}><time datetime=${new Date(entry.at).toISOString()} title=${dateTime(entry.at)}>${ago(entry.at)}</time></td>
    <th scope="row">${action(entry.action)}
      ${entry.failed ? html` <span class="tag bad">${t('audit.failed')}</span>` : nothing}</th>
    <td class="wrap" data-label=${t('audit.target')}>${entry.target ?? html`<span class="muted">${t('none')}</span>`}</td>
    <td data-label=${t('audit.by')}>
      <button type="button" class="link" title=${t('audit.by.only')} @click=${() => choose(who)}>${name(entry.by)}</button>
      ${entry.by.address ? html`<br><span class="muted">${entry.by.address}</span>` : nothing}</td>
    <td class="wrap" data-label=${t('audit.change')}>${changes(entry)}</td>
  </tr>`;
}

const action = (id) => (has(`audit.action.${id}`) ? t(`audit.action.${id}`) : id);

const name = (by) =>
  by.key ? html`<code>${by.key}…</code>` : has(`audit.by.${by.kind}`) ? t(`audit.by.${by.kind}`) : by.kind;

function changes({ before, after, counts }) {
  if (counts) {
    return Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => (has(`audit.counts.${kind}`) ? t(`audit.counts.${kind}`, { count }) : `${count} × ${action(kind)}`))
      .join(', ');
  }
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (fields.length === 0) {
    return html`<span class="muted">${t('none')}</span>`;
  }
  if (!before || !after) {
    return html`<details><summary>${t('audit.fields', { count: fields.length })}</summary>${list(fields, before, after)}</details>`;
  }
  return list(fields, before, after);
}

const list = (fields, before, after) =>
  html`<ul class="audit-changes">${fields.map(
    (field) => html`<li><code>${field}</code>: ${before ? html`<del>${text(before[field])}</del>` : nothing}
      ${after ? html` <ins>${text(after[field])}</ins>` : nothing}</li>`,
  )}</ul>`;

const text = (value) =>
  value === null || value === undefined || value === '' ? t('none') : typeof value === 'object' ? JSON.stringify(value) : String(value);
