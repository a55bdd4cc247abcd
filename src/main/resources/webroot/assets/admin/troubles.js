import { duration, milliseconds } from '../lib/format.js';
import { t } from '../lib/i18n.js';

const LATE_MS = 2_000;
const STILL_MS = 15_000;
const MANY_QUEUED = 1_000;

/**
 * What is wrong with the service itself, in words; nothing where all is well.
 *
 * @param silent whether the store is known to be away even though its figures cannot be had
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
  } else if (schedule?.lastTick && Date.now() - schedule.lastTick > STILL_MS) {
    found.push(t('admin.trouble.still', { time: duration(Date.now() - schedule.lastTick) }));
  }
  if (schedule?.lag && schedule.lag.p95 > LATE_MS) {
    found.push(t('admin.trouble.late', { time: milliseconds(schedule.lag.p95) }));
  }
  return found;
}
