import { get } from '../../lib/api.js';
import { asQuery } from './view.js';

const PAGE = 1_000;

/** The selected services, by id because names may change. */
export class Selection {
  #chosen = new Map();
  /** Index of the last row selected by hand: the start of a range. */
  #anchor = null;

  get size() {
    return this.#chosen.size;
  }

  has(id) {
    return this.#chosen.has(id);
  }

  /** `{id, name, paused}` each. */
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

  /** Like {@link set}, for the row at an index; with `range`, for all rows from the previous one to it. */
  async setAt(rows, index, chosen, range) {
    const from = range && this.#anchor !== null ? this.#anchor : index;
    this.#anchor = index;
    for (const row of await rows.range(Math.min(from, index), Math.max(from, index))) {
      this.set(row, chosen);
    }
  }

  /** Applies a rename, pause or removal. */
  follow(entry) {
    if (this.#chosen.has(entry.id)) {
      this.set(entry, true);
    }
  }

  forget(id) {
    this.#chosen.delete(id);
  }

  /** Selects all services of a view, reading them page by page. `progress` is called with the number read so far. */
  async addAll(view, signal, progress) {
    let cursor = null;
    do {
      // sorted by name regardless of the table's order, since response times change between pages
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
