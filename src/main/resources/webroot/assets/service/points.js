// Prepares the server's points for the chart, its summary and its table.

/**
 * Columns for uPlot, times in seconds. A point is placed in the middle of its step. If checks are missing for longer
 * than usual, a row of nulls interrupts the lines.
 *
 * @param points as returned by `/api/response-times`
 * @param usual the usual time between checks, milliseconds
 * @return `{columns: [times, medians, p95], rows: the point of each, null for a gap, alone: rows not connected by a
 *     line}`
 */
export function columnsOf({ points, step, to }, usual) {
  const rows = [];
  const times = [];
  const widest = 2.5 * Math.max(step, usual);
  let before = null;
  for (const point of points) {
    if (before !== null && point.timestamp - before > widest) {
      rows.push(null);
      times.push((before + point.timestamp) / 2_000);
    }
    rows.push(point);
    times.push((point.timestamp + Math.min(lengthOf(point, step), to - point.timestamp) / 2) / 1_000);
    before = point.timestamp;
  }
  const medians = rows.map((point) => point?.p50 ?? null);
  const alone = medians.flatMap((value, i) =>
    value !== null && (medians[i - 1] ?? null) === null && (medians[i + 1] ?? null) === null ? [i] : []);
  return { columns: [times, medians, rows.map((point) => point?.p95 ?? null)], rows, alone };
}

/** The length of a point's step; 0 for a single check received as an event. */
export const lengthOf = (point, step) => (point.single ? 0 : step);

/** A check received as an event, as a point. While it is being confirmed, the status is not the check's. */
export const asPoint = ({ status, confirming, lastChecked, responseTime }) => {
  const up = (status === 'up') !== Boolean(confirming) ? 1 : 0;
  const time = up ? responseTime : null;
  return { timestamp: lastChecked, checks: 1, up, min: time, p50: time, p95: time, max: time, single: true };
};

/** The total of all points: `{checks, failed, min, typical, max}`; times are null if no check succeeded. */
export function totalOf(points) {
  const total = { checks: 0, failed: 0, min: null, typical: null, max: null };
  const medians = [];
  for (const { checks, up, min, p50, max } of points) {
    total.checks += checks;
    total.failed += checks - up;
    if (p50 !== null) {
      total.min = total.min === null ? min : Math.min(total.min, min);
      total.max = total.max === null ? max : Math.max(total.max, max);
      medians.push([p50, up]);
    }
  }
  medians.sort(([a], [b]) => a - b);
  let left = (total.checks - total.failed) / 2;
  total.typical = medians.find(([, up]) => (left -= up) <= 0)?.[0] ?? medians.at(-1)?.[0] ?? null;
  return total;
}
