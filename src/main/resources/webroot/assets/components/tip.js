// One tooltip for the whole page. What it says is a control's own text already, so it is hidden from screen readers.

const GAP = 8;
const HIDE_MS = 150; // time to move onto it: it can be read, and copied from, for as long as wanted

let tip = null;
let owner = null;
let boxOf = null;
let timer = null;

/**
 * Shows the lines above a box (or below, where there is no room), until {@link hideTip} or Escape.
 *
 * @param box function that gives the box, in the window's coordinates
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

/** It goes along with what has the focus: to be reached by the keyboard, that may have been scrolled to just now. */
function scrolled() {
  if (owner?.contains(document.activeElement)) {
    place();
  } else {
    close();
  }
}

/** Hides it, where it is that element's, in a moment. */
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
