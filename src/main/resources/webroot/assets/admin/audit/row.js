import { html, nothing } from 'lit';
import { ago, dateTime } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { changesOf } from './changes.js';
import { actionWord, byWord } from './words.js';

export const COLUMNS = ['at', 'action', 'target', 'by', 'change'];

/**
 * One entry of the audit log.
 *
 * @param names key names by prefix
 * @param choose called with a filter that selects entries like this one
 */
export function auditRow(entry, names, choose) {
  const { action, at, failed, target } = entry;
  const { kind, key, address } = entry.by;
  const link = (filter, text) => html`<button type="button" class="link" title=${t('audit.only')} @click=${() => choose(filter)}>${text}</button>`;
  return html`<tr tabindex="-1">
    <td data-label=${t('audit.at')}><div><time datetime=${new Date(at).toISOString()}>${dateTime(at)}</time>
      <div class="muted small-text">${ago(at)}</div></div></td>
    <th scope="row">${actionWord(action)} ${failed ? html`<span class="tag bad">${t('audit.failed')}</span>` : nothing}</th>
    <td class="wrap" data-label=${t('audit.target')}>${target ? link({ target }, target) : html`<span class="muted">${t('none')}</span>`}</td>
    <td class="wrap" data-label=${t('audit.by')}><div>${link({ by: key ?? kind }, byWord(key ?? kind, names))}
      ${address ? html`<div class="muted small-text">${link({ address }, address)}</div>` : nothing}</div></td>
    <td class="wrap" data-label=${t('audit.change')}><div>${changesOf(entry)}</div></td>
  </tr>`;
}
