// How the cells of an <uptime-bar> are drawn: what failed stands at the bottom, as high as its share, and what was up
// above it, less high than a cell that failed as a whole. So the outline alone tells the worst cells.
import { failedShare } from '../lib/cells.js';

export const WIDTH = 360;
export const HEIGHT = 28;

const UP_HEIGHT = 23;
const LEAST_FAILED = 6; // a single failed check is seen
const NONE_HEIGHT = 4;
const BETWEEN = 1.5; // keeps both parts apart without their colours

/** The failed shares from which on a cell has the next darker colour. */
const SHADES = [0, 0.05, 0.25, 0.75];

/**
 * The shapes of the cells, those of one colour as a single path: thousands of elements less in a long list.
 *
 * @return pairs of a class (`up`, `none`, `failed-1` to `failed-4`) and a path, for those that there are
 */
export function shapesOf(cells) {
  const step = WIDTH / cells.length;
  const width = round(step * 0.8);
  const paths = new Map();
  const add = (kind, at, bottom, height) =>
    paths.set(
      kind,
      `${paths.get(kind) ?? ''}M${round(at * step)} ${round(HEIGHT - bottom - height)}h${width}v${round(height)}h-${width}z`,
    );
  cells.forEach((cell, at) => {
    const share = failedShare(cell);
    if (cell.checks === 0) {
      add('none', at, 0, NONE_HEIGHT);
    } else if (share === 0) {
      add('up', at, 0, UP_HEIGHT);
    } else {
      const failed = LEAST_FAILED + (HEIGHT - LEAST_FAILED) * share;
      add(`failed-${SHADES.filter((from) => share >= from).length}`, at, 0, failed);
      if (failed + BETWEEN < UP_HEIGHT) {
        add('up', at, failed + BETWEEN, UP_HEIGHT - failed - BETWEEN);
      }
    }
  });
  return [...paths];
}

const round = (value) => Math.round(value * 100) / 100;
