// Converts the hourly and daily counts of /api/uptime to the cells of an <uptime-bar>.
import { day, dayAndHour, hour, percent, zone } from './format.js';
import { t } from './i18n.js';

const DAY_MS = 86_400_000;
/** Below this share of successful checks a cell is down instead of degraded. */
const MOSTLY_UP = 0.5;

/** The periods of a bar: which counts of the response to use, and how many of the newest. */
export const PERIODS = {
  day: { from: 'hours', count: 24 },
  month: { from: 'days', count: 30 },
  quarter: { from: 'days', count: 90 },
};

/**
 * The cells of a period, oldest first.
 *
 * @param uptime an entry of the response of /api/uptime; null if not loaded, which makes all cells empty
 * @param period a key of {@link PERIODS}
 * @return `{from, to, checks, up, state}` each, times in epoch milliseconds, `to` exclusive; `state` is `up`,
 *     `degraded`, `down`, or `none` without checks
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

/** The share of successful checks, 0 to 1; null without checks. */
export function shareOf(cells) {
  let checks = 0;
  let up = 0;
  for (const cell of cells) {
    checks += cell.checks;
    up += cell.up;
  }
  return checks === 0 ? null : up / checks;
}

/** The failed share of a cell, 0 to 1; 0 without checks. */
export const failedShare = ({ checks, up }) => (checks === 0 ? 0 : (checks - up) / checks);

/** The first and last cell's periods and their common time zone; null while the cells have no times. */
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

/** A cell's text: period, state and number of checks. */
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

/** An hour in local time, or a day in UTC as counted by the server. */
const span = (cell) => (inHours(cell) ? hour(cell.from) : day(cell.from));

/** Hourly response times of the last day, oldest first, null for gaps; for a <spark-line>. */
export function responseTimesOf(uptime) {
  return uptime?.hours?.responseTime ?? [];
}
