// Positions of group headers and services, computed from the counts alone, without loading any row.

/** Row heights in pixels; must match style.css. */
export const HEIGHTS = {
  wide: { head: 56, row: 68 },
  narrow: { head: 56, row: 112 },
};

/**
 * A layout for a virtual list.
 *
 * @param groups `{name, matching, …}` in the server's order; one without a name holds the services without a group
 * @param isFolded function from group name to whether its services are hidden
 */
export class Rows {
  #sections = [];
  /** Whether there are group headers. */
  grouped;
  count = 0;
  height = 0;

  constructor(groups, isFolded, { head, row }) {
    this.grouped = groups.some((group) => group.name !== '');
    this.rowHeight = row;
    this.headHeight = this.grouped ? head : 0;
    let offset = 0;
    for (const group of groups) {
      const folded = this.grouped && isFolded(group.name);
      const shown = folded ? 0 : group.matching;
      this.#sections.push({ group, folded, index: this.count, top: this.height, offset, shown });
      this.count += shown + (this.grouped ? 1 : 0);
      this.height += shown * row + this.headHeight;
      offset += group.matching;
    }
  }

  /** `{group, folded}` for a group header, `{offset}` among all matches for a service. */
  at(index) {
    const section = this.#last((one) => one.index <= index);
    const heads = this.grouped ? 1 : 0;
    return index - section.index < heads
      ? { group: section.group, folded: section.folded }
      : { offset: section.offset + index - section.index - heads };
  }

  topOf(index) {
    const section = this.#last((one) => one.index <= index);
    const heads = this.grouped ? 1 : 0;
    const place = index - section.index;
    return place < heads ? section.top : section.top + this.headHeight + (place - heads) * this.rowHeight;
  }

  indexAt(y) {
    if (this.count === 0 || y < 0) {
      return 0;
    }
    const section = this.#last((one) => one.top <= y);
    const heads = this.grouped ? 1 : 0;
    const below = y - section.top - this.headHeight;
    return below < 0
      ? section.index
      : section.index + Math.min(heads + Math.floor(below / this.rowHeight), Math.max(0, heads + section.shown - 1));
  }

  /** The last section that satisfies the predicate, by binary search: there may be thousands. */
  #last(isTrue) {
    let low = 0;
    let high = this.#sections.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (isTrue(this.#sections[middle])) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return this.#sections[low];
  }
}
