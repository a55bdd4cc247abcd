import { decimal, duration, milliseconds } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

// The rules for when a service counts as down, in words. A policy has the members of `policy` in `GET /api/services`,
// all of them set.

/**
 * The attempts of a check that fails: how many are made, and the milliseconds from the first to the last. Like the
 * server, waits at most half the interval between two attempts, and begins none once the next check is due. Attempts
 * are taken to fail at once; slow ones leave time for fewer.
 *
 * @param interval of the service, seconds
 */
export function attemptsOf({ retries, retryInterval, retryBackoff }, interval) {
  const due = interval * 1_000;
  let count = 1;
  let span = 0;
  while (count <= retries) {
    const pause = retryInterval * 1_000 * (retryBackoff === 'exponential' ? 2 ** (count - 1) : 1);
    const next = span + Math.min(pause, due / 2);
    if (next >= due) {
      break;
    }
    span = next;
    count++;
  }
  return { count, span };
}

/** One sentence on when the service is down, up again, degraded and flapping. */
export function policyInWords(policy, interval) {
  const { successThreshold, degradedAfter, flapCount, flapMinutes } = policy;
  const parts = [
    down(policy, attemptsOf(policy, interval)),
    t('services.policy.up', { count: successThreshold }),
    degradedAfter > 0
      ? t('services.policy.degraded', { time: milliseconds(degradedAfter) })
      : t('services.policy.degraded.never'),
    flapCount > 0
      ? t('services.policy.flapping', { count: flapCount, time: duration(flapMinutes * 60_000) })
      : t('services.policy.flapping.never'),
  ];
  return `${parts.join(', ')}.`;
}

function down({ failureThreshold, retryOn, confirmElsewhere }, attempts) {
  const text = failures({ failureThreshold, retryOn }, attempts);
  return confirmElsewhere ? `${text}, ${t('services.policy.elsewhere')}` : text;
}

function failures({ failureThreshold, retryOn }, { count, span }) {
  const row = failureThreshold > 1 ? t('services.policy.row', { count: failureThreshold }) : null;
  if (count === 1) {
    return row ?? t('services.policy.one');
  }
  const attempts = t(row ? 'services.policy.row.attempts' : 'services.policy.attempts', { row, count, time: seconds(span) });
  return retryOn === 'network' ? `${attempts} ${t('services.policy.network')}` : attempts;
}

/** Half an interval may not be a whole number of seconds. */
const seconds = (ms) => (ms % 1_000 === 0 ? duration(ms) : `${decimal(ms / 1_000)}\u00a0s`);
