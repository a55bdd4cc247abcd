const LEAST = 8;
const MOST = 28;
/** The size of the second line of a cell, to that of the first. */
const SMALL = 0.85;

/**
 * How the columns of free text share the room that the others leave: by their longest texts so far, so that one is not
 * cut while another is empty. They only grow: rows that scroll by do not make columns jump to and fro.
 */
export class ColumnShares {
  #longest = { name: LEAST, group: LEAST };

  /** Takes rows into account; sets `--name-share` and `--group-share` of an element. */
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

/** All labels in a line; one without a value is its key. */
export const labelText = (labels) =>
  Object.entries(labels ?? {}).map(([key, value]) => (value === '' ? key : `${key}=${value}`)).join(', ');
