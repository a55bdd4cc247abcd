/**
 * Which of a few elements shows what, where only a part of a long list is in the document. What is seen before and after
 * keeps its element, and so its focus; what comes takes over the element of what has gone, since to write other texts
 * into a row is far less work than to build one.
 */
export class Slots {
  #slots = new Map();
  #made = 0;

  /** @param keys of all that is to be seen, each once; gives the function from a key to the number of its element */
  assign(keys) {
    const wanted = new Set(keys);
    const free = [...this.#slots].filter(([key]) => !wanted.has(key)).map(([, slot]) => slot);
    const before = this.#slots;
    this.#slots = new Map(keys.map((key) => [key, before.get(key) ?? free.shift() ?? this.#made++]));
    return (key) => this.#slots.get(key);
  }
}
