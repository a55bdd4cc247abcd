import { html, nothing } from 'lit';
import { t } from '../lib/i18n.js';

/** Which server a check reached, in a subdued line. The server tells it to callers with a key or a session alone. */
export function peerLine({ address, protocol, tlsVersion }) {
  if (!address) {
    return nothing;
  }
  const known = [address, protocol, tlsVersion?.replace(/^TLSv/, 'TLS ')].filter(Boolean);
  return html`<span class="peer muted number wrap">${t('peer', { server: known.join(' · ') })}</span>`;
}
