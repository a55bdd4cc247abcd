/**
 * Assigns recycled elements to the visible part of a long list. An item that stays visible keeps its element and thus
 * its focus; a new item reuses the element of one that left, since updating a row is far cheaper than creating one.
 */
export class Slots {
  #slots = new Map();
  #made = 0;

  /** @param keys of all visible items, without duplicates; returns a function from key to element number */
  assign(keys) {
    const wanted = new Set(keys);
    const free = [...this.#slots].filter(([key]) => !wanted.has(key)).map(([, slot]) => slot);
    const before = this.#slots;
    this.#slots = new Map(keys.map((key) => [key, before.get(key) ?? free.shift() ?? this.#made++]));
    return (key) => this.#slots.get(key);
  }
}
