import { html, nothing } from 'lit';
import { t } from '../../lib/i18n.js';

/** Recommends reference targets for live nodes without any. `known` is the response of `/api/nodes`. */
export function egressAdvice(known) {
  const without = known?.nodes.filter((node) => node.live && node.egress?.targets === 0) ?? [];
  return without.length === 0
    ? nothing
    : html`<p class="advice muted">${t('nodes.advice.targets', {
        count: without.length,
        names: without.map((node) => node.name).join(', '),
        setting: 'egress.targets',
      })}</p>`;
}
