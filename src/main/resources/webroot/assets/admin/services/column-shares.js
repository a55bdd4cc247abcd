const LEAST = 8;
const MOST = 28;
/** Font size of a cell's second line, relative to the first. */
const SMALL = 0.85;

/**
 * Distributes the remaining width among the free-text columns by their longest texts so far, so that one is not
 * truncated while another is empty. Shares only grow, so columns do not jump while scrolling.
 */
export class ColumnShares {
  #longest = { name: LEAST, group: LEAST };

  /** Takes rows into account; sets `--name-share` and `--group-share` on an element. */
  apply(element, rows) {
    for (const row of rows) {
      this.#grow('name', row.name.length, row.url.length);
      this.#grow('group', row.group.length, labelText(row.labels).length);
    }
    for (const [column, characters] of Object.entries(this.#longest)) {
      element.style.setProperty(`--${column}-share`, `${Math.round(characters)}fr`);
    }
  }

  #grow(column, first, second) {
    this.#longest[column] = Math.min(MOST, Math.max(this.#longest[column], first, second * SMALL));
  }
}

/** All labels on one line; a label without a value is just its key. */
export const labelText = (labels) =>
  Object.entries(labels ?? {}).map(([key, value]) => (value === '' ? key : `${key}=${value}`)).join(', ');
