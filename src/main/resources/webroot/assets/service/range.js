// The time range of a chart: {from, to} in epoch milliseconds.

export const PERIODS = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000, month: 30 * 86_400_000 };
export const SHORTEST = 60_000;
/** The server's limit. */
export const LONGEST = 400 * 86_400_000;

export const lastOf = (span, now) => ({ from: now - span, to: now });

const spanOf = ({ from, to }) => to - from;

/** Clamps a range to valid requests: not in the future, neither too short nor too long. Whole milliseconds. */
export function within({ from, to }, now) {
  const span = Math.min(LONGEST, Math.max(SHORTEST, to - from));
  const middle = (from + to) / 2;
  const end = Math.min(now, Math.round(middle + span / 2));
  return { from: Math.round(end - span), to: end };
}

/** Scales the length by `factor`; the time `at` keeps its position. */
export function zoomed(range, factor, now, at = (range.from + range.to) / 2) {
  const span = Math.min(LONGEST, Math.max(SHORTEST, spanOf(range) * factor));
  const share = (at - range.from) / spanOf(range);
  const from = at - share * span;
  return within({ from, to: from + span }, now);
}

/** Moves the range by a share of its length. */
export function moved(range, share, now) {
  const by = share * spanOf(range);
  return within({ from: range.from + by, to: range.to + by }, now);
}

/** Whether the range ends now, within 1 % of its length; it then follows the current time. */
export const reachesNow = (range, now) => now - range.to <= spanOf(range) / 100;
