// What a chart, its summary and its table say is made here of the server's points.

/**
 * Columns as uPlot wants them, times in seconds. A point stands in the middle of its step. Where checks are missing
 * for longer than usual there is a row of nulls, so that no line runs over what is not known.
 *
 * @param points as `/api/response-times` gives them
 * @param usual how far apart checks are, milliseconds
 * @return `{columns: [times, medians, 95 %], rows: the point of each, null for a gap, alone: rows that no line meets}`
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

/** How long a point's step is; one that came as an event stands for itself. */
export const lengthOf = (point, step) => (point.single ? 0 : step);

/** A check that just ended, as a point. */
export const asPoint = ({ status, lastChecked, responseTime }) => {
  const time = status === 'up' ? responseTime : null;
  const up = status === 'up' ? 1 : 0;
  return { timestamp: lastChecked, checks: 1, up, min: time, p50: time, p95: time, max: time, single: true };
};

/** All points together: `{checks, failed, min, typical, max}`; times are null where no check was up. */
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
