// Converts the hourly and daily times of /api/uptime to the cells of an <uptime-bar>.
import { day, dayAndHour, duration, hour, percent, zone } from './format.js';
import { t } from './i18n.js';

const DAY_MS = 86_400_000;
/** Below this share of time up a cell is down instead of degraded. */
const MOSTLY_UP = 0.5;

/** The periods of a bar: which series of the response to use, and how many of the newest. */
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
 * @return `{from, to, known, down, state}` each, `from` and `to` in epoch milliseconds, `to` exclusive; `known` is the
 *     time during which the service was up or down, `down` that during which it was down, in milliseconds; `state` is
 *     `up`, `degraded`, `down`, or `none` if nothing is known
 */
export function cellsOf(uptime, period) {
  const { from, count } = PERIODS[period];
  const series = uptime?.[from];
  if (!series) {
    return Array.from({ length: count }, () => ({ known: 0, down: 0, state: 'none' }));
  }
  return Array.from({ length: count }, (_, i) => {
    const at = series.known.length - count + i;
    const start = series.from + at * series.step;
    const known = series.known[at] ?? 0;
    const down = series.downtime[at] ?? 0;
    return { from: start, to: start + series.step, known, down, state: stateOf(known, down) };
  });
}

function stateOf(known, down) {
  return known === 0 ? 'none' : down === 0 ? 'up' : (known - down) / known >= MOSTLY_UP ? 'degraded' : 'down';
}

/** The share of known time that was up, 0 to 1; null if nothing is known. */
export function shareOf(cells) {
  let known = 0;
  let down = 0;
  for (const cell of cells) {
    known += cell.known;
    down += cell.down;
  }
  return known === 0 ? null : (known - down) / known;
}

/** The share of a cell's known time that was down, 0 to 1; 0 if nothing is known. */
export const failedShare = ({ known, down }) => (known === 0 ? 0 : down / known);

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

/** A cell's text: period, state and time down. */
export function describe(cell) {
  const state = t(`bar.${cell.state}`);
  const when = cell.from === undefined ? '' : span(cell);
  const share =
    cell.down === 0
      ? ''
      : t('bar.share', { share: percent(1 - failedShare(cell)), duration: duration(cell.down) });
  return { when, state, share };
}

const inHours = ({ from, to }) => to - from < DAY_MS;

/** An hour in local time, or a day in UTC as counted by the server. */
const span = (cell) => (inHours(cell) ? hour(cell.from) : day(cell.from));

/** Hourly response times of the last day, oldest first, null for gaps; for a <spark-line>. */
export function responseTimesOf(uptime) {
  return uptime?.hours?.responseTime ?? [];
}
