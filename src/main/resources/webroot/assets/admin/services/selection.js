import { get } from '../../lib/api.js';
import { asQuery } from './view.js';

const PAGE = 1_000;

/** The services that are chosen, by id: their names may change meanwhile. */
export class Selection {
  #chosen = new Map();
  /** The place of the last one chosen by hand: where a range begins. */
  #anchor = null;

  get size() {
    return this.#chosen.size;
  }

  has(id) {
    return this.#chosen.has(id);
  }

  /** As `{id, name, paused}`. */
  all() {
    return [...this.#chosen.values()];
  }

  clear() {
    this.#chosen.clear();
    this.#anchor = null;
  }

  set(row, chosen) {
    if (chosen) {
      this.#chosen.set(row.id, { id: row.id, name: row.name, paused: row.paused });
    } else {
      this.#chosen.delete(row.id);
    }
  }

  /** Like {@link set}, of a row at that place; with `range`, all from the one before to it. */
  async setAt(rows, index, chosen, range) {
    const from = range && this.#anchor !== null ? this.#anchor : index;
    this.#anchor = index;
    for (const row of await rows.range(Math.min(from, index), Math.max(from, index))) {
      this.set(row, chosen);
    }
  }

  /** A service has another name or is paused now, or is gone. */
  follow(entry) {
    if (this.#chosen.has(entry.id)) {
      this.set(entry, true);
    }
  }

  forget(id) {
    this.#chosen.delete(id);
  }

  /** Chooses all of a view, whose names are read page by page. `progress` is told how many there are so far. */
  async addAll(view, signal, progress) {
    let cursor = null;
    do {
      // by name, whatever the table is sorted by: response times change on the way
      const query = { ...asQuery(view), sort: 'name', limit: PAGE, cursor };
      const answer = await get('/api/services', query, { signal });
      for (const row of answer.services) {
        this.set(row, true);
      }
      progress(this.size, answer.matching);
      cursor = answer.cursor;
    } while (cursor);
  }
}
