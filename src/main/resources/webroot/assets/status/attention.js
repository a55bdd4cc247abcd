import { get } from '../lib/api.js';
import { updated } from '../lib/entry.js';

export const MOST = 20;

/**
 * The kinds of services needing attention, worst first: the API query, and the count that says whether there are any.
 */
const KINDS = [
  { query: { status: 'down', sort: '-since' }, count: 'down' },
  { query: { stale: true, sort: 'lastChecked' }, count: 'stale' },
  { query: { warnings: true, status: 'up' }, count: 'warnings', inside: true },
];

/**
 * The services that need attention: those that are down, newest first; stale ones; for signed-in users, ones with
 * warnings. Loads at most {@link MOST}.
 */
export class Attention {
  /** Entries of /api/status. */
  services = [];
  /** Whether to include warnings, which only concern operators. */
  signedIn = false;
  /** Number of services that are down or stale. */
  total = 0;

  #counts = { down: 0, stale: 0, warnings: 0 };
  #begun = false;
  #loading = null;
  #changed;

  /** @param changed called when the list has changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** Loads the services that are down in parallel with the page, before the counts are known. */
  begin() {
    this.#begun = true;
    return this.#load([KINDS[0]]);
  }

  /** Takes over the current counts. */
  take(counts) {
    this.#counts = counts;
    this.total = counts.down + counts.stale;
    const kinds = this.#kinds();
    if (!this.#begun || kinds.some((kind) => kind !== KINDS[0])) {
      this.#load(kinds);
    }
    this.#begun = false;
  }

  /** Reloads the list. */
  refresh() {
    this.#load(this.#kinds());
  }

  #kinds() {
    return KINDS.filter(({ count, inside }) => this.#counts[count] > 0 && (!inside || this.signedIn));
  }

  /** Applies a transition event. A response in flight may not include it yet. */
  turned({ service, from, to }) {
    this.#loading?.abort();
    const { [from]: left, [to]: joined } = this.#counts;
    this.#counts = { ...this.#counts, [from]: left - 1, [to]: joined + 1 };
    const before = this.services.find(({ id }) => id === service.id);
    this.remove(service.id);
    if (service.status === 'down' && !service.paused) {
      this.services = [updated(before, service), ...this.services].slice(0, MOST);
    }
  }

  /** Applies changed fields of a service. */
  saved(service) {
    if (service.paused) {
      this.remove(service.id);
    } else {
      this.services = this.services.map((one) => (one.id === service.id ? updated(one, service) : one));
    }
  }

  remove(id) {
    this.services = this.services.filter((one) => one.id !== id);
  }

  async #load(kinds) {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    const found = new Map();
    try {
      for (const { query } of kinds) {
        if (found.size < MOST) {
          const { services } = await get('/api/status', { ...query, limit: MOST - found.size }, { signal: loading.signal });
          services.forEach((service) => found.set(service.id, service));
        }
      }
    } catch {
      return; // keep the previous list; Live reports that the server is unreachable
    }
    if (!loading.signal.aborted) {
      this.services = [...found.values()];
      this.#changed();
    }
  }
}
