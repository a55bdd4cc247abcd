import { html, nothing } from 'lit';
import { statusIcon } from '../../components/icons.js';
import { t } from '../../lib/i18n.js';
import { unfiltered, viewAddress } from './view.js';

/** Links that filter the table to services needing attention; nothing if there are none. */
export function attention(view, counts) {
  const links = [
    { count: counts.down, sign: 'down', text: 'services.attention.down', filter: { status: 'down' } },
    { count: counts.warnings, sign: 'degraded', text: 'services.attention.warnings', filter: { warnings: 'true' } },
  ].filter(({ count }) => count > 0);
  return links.length === 0
    ? nothing
    : html`<nav class="attention banner ${counts.down > 0 ? 'bad' : ''}" aria-label=${t('services.attention')}>
        <strong>${t('services.attention')}</strong>${links.map((one) => link(view, one))}</nav>`;
}

function link(view, { count, sign, text, filter }) {
  const shown = Object.entries(filter).every(([name, value]) => view[name] === value);
  return html`<a href=${viewAddress({ ...view, ...unfiltered(), ...filter })} aria-current=${shown ? 'true' : nothing}
    ><span class="status ${sign}">${statusIcon(sign)}</span>${t(text, { count })}</a>`;
}
