import { duration, milliseconds } from '../lib/format.js';
import { t } from '../lib/i18n.js';

const STILL_MS = 15_000;
const MANY_QUEUED = 1_000;

/**
 * Problems of the service itself, as texts; empty if there are none.
 *
 * @param silent whether the store is known to be unreachable although its figures could not be loaded
 */
export function troubles(schedule, store, silent) {
  const found = [];
  if (store && !store.reachable) {
    found.push(t('admin.trouble.away', { count: store.queued }));
  } else if (!store && silent) {
    found.push(t('admin.trouble.silent'));
  } else if (store && store.queued > MANY_QUEUED) {
    found.push(t('admin.trouble.queued', { count: store.queued }));
  }
  if (store?.dropped > 0) {
    found.push(t('admin.trouble.dropped', { count: store.dropped }));
  }
  if (schedule && !schedule.loaded) {
    found.push(t('admin.trouble.notLoaded'));
  } else if (schedule?.lastTick && schedule.sinceLastTickMs > STILL_MS) {
    found.push(t('admin.trouble.still', { time: duration(schedule.sinceLastTickMs) }));
  }
  if (schedule?.loaded && !schedule.keepingUp) {
    const late = Math.max(schedule.oldestOverdueMs, schedule.lag?.p99 ?? 0);
    found.push(t('admin.trouble.late', { time: milliseconds(late) }));
  }
  return found;
}
