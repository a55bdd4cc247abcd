// What /api/uptime counts by hour and by day, as the cells of an <uptime-bar>.
import { day, dayAndHour, hour, percent, zone } from './format.js';
import { t } from './i18n.js';

const DAY_MS = 86_400_000;
/** Below this share of successful checks a cell is down, not just degraded. */
const MOSTLY_UP = 0.5;

/** The periods a bar can show: which counts of the answer they come from, and how many of the newest. */
export const PERIODS = {
  day: { from: 'hours', count: 24 },
  month: { from: 'days', count: 30 },
  quarter: { from: 'days', count: 90 },
};

/**
 * The cells of a period, oldest first.
 *
 * @param uptime an entry of the answer of /api/uptime; null where it is not known yet: then all cells are empty
 * @param period a key of {@link PERIODS}
 * @return `{from, to, checks, up, state}` each, times in epoch milliseconds, `to` exclusive; `state` is `up`, `degraded`,
 *     `down`, or `none` where there was no check
 */
export function cellsOf(uptime, period) {
  const { from, count } = PERIODS[period];
  const counts = uptime?.[from];
  if (!counts) {
    return Array.from({ length: count }, () => ({ checks: 0, up: 0, state: 'none' }));
  }
  return Array.from({ length: count }, (_, i) => {
    const at = counts.checks.length - count + i;
    const start = counts.from + at * counts.step;
    const checks = counts.checks[at] ?? 0;
    const up = counts.up[at] ?? 0;
    return { from: start, to: start + counts.step, checks, up, state: stateOf(checks, up) };
  });
}

function stateOf(checks, up) {
  return checks === 0 ? 'none' : up === checks ? 'up' : up / checks >= MOSTLY_UP ? 'degraded' : 'down';
}

/** The share of checks that were up, 0 to 1; null where there was none. */
export function shareOf(cells) {
  let checks = 0;
  let up = 0;
  for (const cell of cells) {
    checks += cell.checks;
    up += cell.up;
  }
  return checks === 0 ? null : up / checks;
}

/** How much of a cell failed, 0 to 1; 0 where there was no check. */
export const failedShare = ({ checks, up }) => (checks === 0 ? 0 : (checks - up) / checks);

/** The periods of a bar's first and last cell, and the time zone of both; null while the cells have no times. */
export function endsOf(cells) {
  const first = cells[0];
  const last = cells.at(-1);
  if (first?.from === undefined) {
    return null;
  }
  return inHours(last)
    ? { from: dayAndHour(first.from), to: dayAndHour(last.from), zone: zone(last.from) }
    : { from: day(first.from), to: day(last.to - 1), zone: 'UTC' };
}

/** What a cell says: when, how it was, and out of how many checks. */
export function describe(cell) {
  const state = t(`bar.${cell.state}`);
  const when = cell.from === undefined ? '' : span(cell);
  const share =
    cell.checks === 0
      ? ''
      : t('bar.share', { share: percent(cell.up / cell.checks), failed: cell.checks - cell.up, count: cell.checks });
  return { when, state, share };
}

const inHours = ({ from, to }) => to - from < DAY_MS;

/** An hour by the clock here; a day as the server counts it, in UTC. */
const span = (cell) => (inHours(cell) ? hour(cell.from) : day(cell.from));

/** The response times of the last day by hour, oldest first, null where there is none: for a <spark-line>. */
export function responseTimesOf(uptime) {
  return uptime?.hours?.responseTime ?? [];
}
