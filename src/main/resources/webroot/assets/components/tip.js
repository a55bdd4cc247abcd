// One tooltip for the whole page. It repeats the text of a control, so it is hidden from screen readers.

const GAP = 8;
const HIDE_MS = 150; // time to move the pointer onto the tip, which then stays open for reading and copying

let tip = null;
let owner = null;
let boxOf = null;
let timer = null;

/**
 * Shows lines above a box (or below if there is no room), until {@link hideTip} or Escape.
 *
 * @param box function returning the box, in viewport coordinates
 */
export function showTip(element, box, lines) {
  clearTimeout(timer);
  owner = element;
  boxOf = box;
  if (!tip) {
    tip = document.createElement('div');
    tip.className = 'tip';
    tip.setAttribute('aria-hidden', 'true');
    tip.addEventListener('pointerenter', () => clearTimeout(timer));
    tip.addEventListener('pointerleave', () => hideTip(owner));
    document.body.append(tip);
    document.addEventListener('keydown', (event) => event.key === 'Escape' && close());
    document.addEventListener('scroll', scrolled, { passive: true });
  }
  tip.replaceChildren(
    ...lines.filter(Boolean).map((line) => {
      const part = document.createElement('div');
      part.textContent = line;
      return part;
    }),
  );
  tip.hidden = false;
  place();
}

function place() {
  const box = boxOf();
  const { width, height } = tip.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const left = Math.max(GAP, Math.min(box.left + box.width / 2 - width / 2, room - width - GAP));
  const above = box.top - height - GAP;
  tip.style.left = `${left}px`;
  tip.style.top = `${above >= GAP ? above : box.bottom + GAP}px`;
}

/** Follows the focused element, which may have just been scrolled into view by the keyboard. */
function scrolled() {
  if (owner?.contains(document.activeElement)) {
    place();
  } else {
    close();
  }
}

/** Hides the tip after a short delay if it belongs to this element. */
export function hideTip(element) {
  if (owner === element) {
    clearTimeout(timer);
    timer = setTimeout(close, HIDE_MS);
  }
}

function close() {
  clearTimeout(timer);
  owner = null;
  if (tip) {
    tip.hidden = true;
  }
}
