import { get } from './api.js';

const GATHER_MS = 80; // skips rows that scroll by
const OLD_MS = 60_000;
const MOST_IDS = 100; // the server's limit
const KEPT = 400;

/** The uptime of the visible services by id, from /api/uptime; reloaded once a minute. */
export class Uptimes {
  /** id → `{uptime, at}`, least recently loaded first. */
  #known = new Map();
  #wanted = [];
  #timer = null;
  #busy = false;
  #changed;

  /** @param changed called when entries have been loaded */
  constructor(changed) {
    this.#changed = changed;
  }

  /** An entry of the server's response; null until loaded. */
  of(id) {
    return this.#known.get(id)?.uptime ?? null;
  }

  /** Marks an entry as stale; it is still shown until reloaded. */
  outdate(id) {
    const known = this.#known.get(id);
    if (known) {
      known.at = 0;
    }
  }

  /** Sets the visible services, replacing those of the previous call. */
  want(ids) {
    this.#wanted = ids;
    if (!this.#busy) {
      this.#timer ??= setTimeout(() => this.#load(), GATHER_MS);
    }
  }

  async #load() {
    this.#timer = null;
    const now = Date.now();
    const ids = this.#wanted.filter((id) => now - (this.#known.get(id)?.at ?? 0) >= OLD_MS).slice(0, MOST_IDS);
    if (ids.length === 0) {
      return;
    }
    this.#busy = true;
    let done = false;
    try {
      const { services } = await get('/api/uptime', { id: ids });
      const byId = new Map(services.map((one) => [one.id, one]));
      for (const id of ids) {
        this.#known.delete(id);
        this.#known.set(id, { uptime: byId.get(id) ?? null, at: now });
      }
      for (const id of this.#known.keys()) {
        if (this.#known.size <= KEPT) {
          break;
        }
        this.#known.delete(id);
      }
      done = true;
      this.#changed();
    } catch {
      // retried by the next call of `want`
    }
    this.#busy = false;
    if (done) {
      this.want(this.#wanted); // other services may have become visible in the meantime
    }
  }
}
