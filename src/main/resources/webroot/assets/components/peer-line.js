import { html, nothing } from 'lit';
import { t } from '../lib/i18n.js';

/** The server that a check reached, in a muted line. The API returns it only to authenticated callers. */
export function peerLine({ address, protocol, tlsVersion }) {
  if (!address) {
    return nothing;
  }
  const known = [address, protocol, tlsVersion?.replace(/^TLSv/, 'TLS ')].filter(Boolean);
  return html`<span class="peer muted number wrap">${t('peer', { server: known.join(' · ') })}</span>`;
}
