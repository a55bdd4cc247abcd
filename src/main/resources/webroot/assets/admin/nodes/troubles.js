import { time } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

/**
 * Problems with the distribution of checks, as texts; empty if there are none. `known` is the response of `/api/nodes`.
 */
export function nodeTroubles(known) {
  if (!known.storeReachable) {
    return [known.asOf ? t('nodes.trouble.away', { time: time(known.asOf) }) : t('nodes.trouble.never')];
  }
  const found = [];
  const gone = known.nodes.filter((node) => !node.live);
  // ignore a dead node if one with the same name is live again
  const missed = gone.filter((node) => !known.nodes.some((other) => other.live && other.name === node.name));
  if (known.free > 0) {
    found.push(t('nodes.trouble.free', { count: known.free, whole: known.partitions }));
  }
  if (known.uncovered?.length > 0) {
    found.push(t('nodes.trouble.uncovered', { count: known.uncovered.length, names: known.uncovered.join(', ') }));
  }
  const unnumbered = known.nodes.filter((node) => node.live && node.format === 0);
  if (unnumbered.length > 0) {
    found.push(t('nodes.trouble.unnumbered', { count: unnumbered.length, names: unnumbered.map((node) => node.name).join(', ') }));
  }
  for (const reason of ['egress', 'resolver']) {
    const lost = known.nodes.filter((node) => node.live && node.egress?.reason === reason);
    if (lost.length > 0) {
      found.push(t(`nodes.trouble.${reason}`, { count: lost.length, names: lost.map((node) => node.name).join(', ') }));
    }
  }
  if (missed.length > 0) {
    found.push(t('nodes.trouble.gone', { count: missed.length, names: missed.map((node) => node.name).join(', ') }));
  }
  return found;
}
