import { milliseconds } from '../lib/format.js';
import { drawMarks, groupMarks } from './failure-marks.js';
import { lengthOf } from './points.js';
import { timeLabels } from './time-axis.js';

const FONT = '12px system-ui, sans-serif';
const MARKS_BELOW = 11; // pixels from the plot's edge to the centre of the marks

const canvas = document.createElement('canvas').getContext('2d');

/** A colour of the current theme; a canvas cannot use custom properties. */
function colour(name, opacity = 'ff') {
  canvas.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return canvas.fillStyle + opacity;
}

/** The library's style sheet, loaded once per page; the chart's layout depends on it. */
let styled = null;
function style() {
  styled ??= new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = new URL('../lib/uplot/uPlot.css', import.meta.url).href;
    link.onload = resolve;
    link.onerror = reject;
    document.head.append(link);
  });
  return styled;
}

/**
 * A chart of two lines, the band between them, and marks for failures.
 *
 * @param given `width`, `height` in pixels; functions `range`, `rows`, `step` for the data; callbacks `zoom`, `reset`,
 *     `moved` for user input
 */
export async function makePlot(frame, given) {
  const [{ default: UPlot }] = await Promise.all([import('uplot'), style()]);
  let alone = [];
  const line = (token, more) => ({ stroke: () => colour(token), width: 2, points: { show: false }, ...more });
  const grid = { stroke: () => colour('--line'), width: 1 };
  const text = { stroke: () => colour('--muted'), font: FONT, ticks: { show: false }, grid };

  const u = new UPlot({
    width: given.width,
    height: given.height,
    legend: { show: false },
    padding: [12, 16, 0, 0],
    scales: {
      x: { range: () => [given.range().from / 1_000, given.range().to / 1_000] },
      y: { range: (_, _min, max) => [0, Math.max(10, (max ?? 100) * 1.08)] },
    },
    series: [
      {},
      line('--accent', { points: { show: false, filter: () => alone, size: 6, fill: () => colour('--accent') } }),
      line('--accent', { width: 1, stroke: () => colour('--accent', '80') }),
    ],
    bands: [{ series: [2, 1], fill: () => colour('--accent', '2e') }],
    axes: [
      {
        ...text,
        grid: { show: false },
        size: 58,
        gap: 24, // leaves room for the marks
        space: 90,
        values: (_, splits, _axis, _space, apart) => timeLabels(splits, apart),
      },
      {
        ...text,
        gap: 8,
        space: 44,
        size: (_, labels) => 16 + 7 * Math.max(3, ...(labels ?? []).map((label) => label.length)),
        values: (_, splits) => splits.map(milliseconds),
      },
    ],
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 6 },
      points: { size: 9, width: 2, stroke: () => colour('--accent'), fill: () => colour('--surface') },
      bind: { dblclick: () => () => given.reset() },
    },
    hooks: {
      drawClear: [(self) => drawDown(self, given, UPlot.pxRatio)],
      draw: [(self) => drawFailures(self, given, UPlot.pxRatio)],
      setSelect: [(self) => selected(self, given)],
      setCursor: [(self) => given.moved(nearest(self, given.rows()))],
    },
  }, [[], [], []], frame);

  return {
    setSize: (size) => u.setSize(size),
    redraw: (...how) => u.redraw(...how),
    destroy: () => u.destroy(),
    setData(columns, points) {
      alone = points;
      u.setData(columns);
    },
    /** Moves the cursor to a row; null hides it. */
    moveTo(row) {
      const left = row === null ? -10 : u.valToPos(u.data[0][row], 'x');
      u.setCursor({ left, top: row === null ? -10 : 0 });
    },
    /** The time at a pointer position, epoch milliseconds. */
    timeAt: (clientX) => u.posToVal(clientX - u.over.getBoundingClientRect().left, 'x') * 1_000,
  };
}

function selected(u, given) {
  const { left, width } = u.select;
  if (width > 0) {
    u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    given.zoom({ from: u.posToVal(left, 'x') * 1_000, to: u.posToVal(left + width, 'x') * 1_000 });
  }
}

/** The row at the cursor; next to a gap, the one before it. */
function nearest(u, rows) {
  const row = u.cursor.left >= 0 ? (u.cursor.idx ?? null) : null;
  return row === null || rows[row] ? row : row > 0 ? row - 1 : null;
}

/** Shades the periods in which all checks failed, behind everything else. */
function drawDown(u, { rows, step }, ratio) {
  const { left, top, width, height } = u.bbox;
  u.ctx.save();
  u.ctx.beginPath();
  u.ctx.rect(left, top, width, height);
  u.ctx.clip();
  u.ctx.fillStyle = colour('--down-soft');
  for (const row of rows()) {
    if (row && row.up === 0) {
      const from = u.valToPos(row.timestamp / 1_000, 'x', true);
      const to = u.valToPos((row.timestamp + lengthOf(row, step())) / 1_000, 'x', true);
      u.ctx.fillRect(from, top, Math.max(to - from, 2 * ratio), height);
    }
  }
  u.ctx.restore();
}

function drawFailures(u, { rows }, ratio) {
  const [times] = u.data;
  const failed = rows().flatMap((row, i) =>
    row && row.up < row.checks ? [{ x: u.valToPos(times[i], 'x', true) / ratio, all: row.up === 0 }] : []);
  const y = u.bbox.top + u.bbox.height + MARKS_BELOW * ratio;
  drawMarks(u.ctx, groupMarks(failed), y, ratio, colour('--down'));
}
