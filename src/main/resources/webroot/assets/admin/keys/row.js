import { html, nothing } from 'lit';
import { ago, ahead, dateTime, minute, number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

const SOON_MS = 7 * 86_400_000;

/** The columns between name and actions. */
export const COLUMNS = ['scope', 'services', 'expires', 'rate', 'used', 'created'];

/**
 * One row of the key table.
 *
 * @param revoke called with the button and the key
 */
export function keyRow(key, revoke) {
  const cells = {
    scope: html`<span class="tag">${t(`keys.scope.${key.scope}`)}</span>`,
    services: key.selector ? html`<code>${key.selector}</code>` : muted('keys.services.all'),
    expires: key.expiresAt === null ? muted('keys.never') : expiry(key),
    rate: key.rateLimit === null ? muted('keys.rate.general') : t('keys.rate.own', { count: key.rateLimit, rate: number(key.rateLimit) }),
    used: key.lastUsed === null ? muted('keys.used.never') : passed(key.lastUsed),
    created: passed(key.createdAt),
  };
  return html`<tr class=${key.expired ? 'expired' : ''}>
    <th scope="row" class="wrap">${key.name}<code class="key-prefix">${key.prefix}…</code></th>
    ${COLUMNS.map((name) => html`<td class=${name} data-label=${t(`keys.${name}`)}><div>${cells[name]}</div></td>`)}
    <td><button type="button" class="button danger small" aria-label=${t('keys.revoke.of', { name: key.name })}
      @click=${(event) => revoke(event.currentTarget, key)}>${t('keys.revoke')}</button></td>
  </tr>`;
}

const muted = (text) => html`<span class="muted">${t(text)}</span>`;

const passed = (epochMs) =>
  html`<time datetime=${new Date(epochMs).toISOString()} title=${dateTime(epochMs)}>${ago(epochMs)}</time>`;

function expiry({ expiresAt, expired }) {
  const soon = !expired && expiresAt - Date.now() < SOON_MS;
  return html`<time datetime=${new Date(expiresAt).toISOString()}>${minute(expiresAt)}</time>
    ${expired ? html`<span class="tag bad">${t('keys.expired')}</span>` : nothing}
    ${soon ? html`<span class="tag soon">${ahead(expiresAt)}</span>` : nothing}`;
}
