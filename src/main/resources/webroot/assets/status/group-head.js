import { html } from 'lit';
import { t } from '../lib/i18n.js';
import { icon, statusIcon } from '../components/icons.js';

/** A group's overall state in words. */
function verdictOf({ overall, total, down, degraded, paused }) {
  const checked = total - paused;
  if (checked === 0) {
    return t('status.paused');
  }
  if (overall === 'degraded' && down === 0) {
    return t('board.group.degraded', { count: degraded, total: checked });
  }
  return overall === 'degraded' || (overall === 'down' && checked > 1)
    ? t('board.group.down', { count: down, total: checked })
    : t(`status.${overall}`);
}

/** A group's header: a button that folds it. `filtered` if not all of its services are shown. */
export function groupHead({ group, folded }, filtered, toggle) {
  const status = group.total === group.paused ? 'paused' : group.overall;
  const count = filtered && group.matching !== group.total
    ? t('board.group.matching', { count: group.matching, total: group.total })
    : t('board.group.count', { count: group.total });
  return html`<h3 class="group-head">
    <button type="button" aria-expanded=${!folded} @click=${() => toggle(group.name)}>
      <span class="fold">${icon('fold')}</span>
      <span class="name ellipsis" title=${group.name}>${group.name || t('board.group.other')}</span>
      <span class="muted count number">${count}</span>
      <span class="status ${status}">${statusIcon(status)}<span>${verdictOf(group)}</span></span>
    </button>
  </h3>`;
}
