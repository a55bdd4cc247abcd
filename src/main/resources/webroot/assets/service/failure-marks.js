// Failures on the chart: a cross below the axis if all checks of a step failed, a triangle if some did.

const APART = 15; // CSS pixels; closer marks are merged into one with a bar

/**
 * @param xs points with failures: `{x, all}`, in CSS pixels, left to right
 * @return `{left, right, all}` for each mark
 */
export function groupMarks(xs) {
  const marks = [];
  for (const { x, all } of xs) {
    const last = marks.at(-1);
    if (last && x - last.right < APART) {
      last.right = x;
      last.all ||= all;
    } else {
      marks.push({ left: x, right: x, all });
    }
  }
  return marks;
}

/** Draws marks centred at `y`, in device pixels; `ratio` is device pixels per CSS pixel. */
export function drawMarks(context, marks, y, ratio, colour) {
  const size = 4.5 * ratio;
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = 2 * ratio;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const { left, right, all } of marks) {
    const middle = ((left + right) / 2) * ratio;
    context.beginPath();
    for (const [from, to] of [[left * ratio, middle - 2 * size], [middle + 2 * size, right * ratio]]) {
      if (to > from) {
        context.moveTo(from, y);
        context.lineTo(to, y);
      }
    }
    if (all) {
      context.moveTo(middle - size, y - size);
      context.lineTo(middle + size, y + size);
      context.moveTo(middle + size, y - size);
      context.lineTo(middle - size, y + size);
    } else {
      context.moveTo(middle, y - size);
      context.lineTo(middle + size, y + size);
      context.lineTo(middle - size, y + size);
      context.closePath();
    }
    context.stroke();
  }
  context.restore();
}
