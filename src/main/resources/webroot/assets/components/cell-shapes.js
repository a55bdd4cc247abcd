// Draws the cells of an <uptime-bar>: the share down rises from the bottom, with the share up above it, in
// total shorter than a cell that failed completely. The outline alone therefore shows the worst cells.
import { failedShare } from '../lib/cells.js';

export const WIDTH = 360;
export const HEIGHT = 28;

const UP_HEIGHT = 23;
const LEAST_FAILED = 6; // keeps a short outage visible
const NONE_HEIGHT = 4;
const BETWEEN = 1.5; // separates the two parts without relying on colour

/** Lower bounds of the failed share for each darker colour. */
const SHADES = [0, 0.05, 0.25, 0.75];

/**
 * The shapes of the cells, with one path per colour, which saves thousands of elements in a long list.
 *
 * @return pairs of a class (`up`, `none`, `failed-1` to `failed-4`) and a path, for the classes that occur
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
    if (cell.known === 0) {
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
