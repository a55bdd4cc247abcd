// What /api/uptime counts by hour and by day, as the cells of an <uptime-bar>.
import { day, hour, percent } from './format.js';
import { t } from './i18n.js';

const HOUR_MS = 3_600_000;
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
 * @param most how many cells there is room for; neighbours are joined until they fit
 * @return `{from, to, checks, up, state}` each, times in epoch milliseconds, `to` exclusive; `state` is `up`, `degraded`,
 *     `down`, or `none` where there was no check
 */
export function cellsOf(uptime, period, most = Infinity) {
  const { from, count } = PERIODS[period];
  const join = Math.max(1, Math.ceil(count / most));
  const counts = uptime?.[from];
  if (!counts) {
    return Array.from({ length: Math.ceil(count / join) }, () => ({ checks: 0, up: 0, state: 'none' }));
  }
  const cells = [];
  for (let at = counts.checks.length - count; at < counts.checks.length; at += join) {
    let checks = 0;
    let up = 0;
    for (let i = Math.max(0, at); i < Math.min(at + join, counts.checks.length); i++) {
      checks += counts.checks[i];
      up += counts.up[i];
    }
    const start = counts.from + at * counts.step;
    cells.push({ from: start, to: start + join * counts.step, checks, up, state: stateOf(checks, up) });
  }
  return cells;
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

/** What a cell says: when, how it was, and out of how many checks. */
export function describe(cell) {
  const state = t(`bar.${cell.state}`);
  const when = cell.from === undefined ? '' : span(cell.from, cell.to);
  const share =
    cell.checks === 0
      ? ''
      : t('bar.share', { share: percent(cell.up / cell.checks), failed: cell.checks - cell.up, count: cell.checks });
  return { when, state, share };
}

/** An hour by the clock here; days as the server counts them, in UTC. */
function span(from, to) {
  if (to - from <= HOUR_MS) {
    return hour(from);
  }
  const last = day(to - 1);
  return day(from) === last ? last : t('bar.span', { from: day(from), to: last });
}

/** The response times of the last day by hour, oldest first, null where there is none: for a <spark-line>. */
export function responseTimesOf(uptime) {
  return uptime?.hours?.responseTime ?? [];
}
