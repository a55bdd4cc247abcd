import { get } from '../lib/api.js';
import { updated } from '../lib/entry.js';

export const MOST = 20;

/** What needs attention, the worst kind first: how the API is asked for it, and which count says that there is any. */
const KINDS = [
  { query: { status: 'down', sort: '-since' }, count: 'down' },
  { query: { stale: true, sort: 'lastChecked' }, count: 'stale' },
  { query: { warnings: true, status: 'up' }, count: 'warnings', inside: true },
];

/**
 * The services that need attention: those that are down, newest first; stale ones; for those who are signed in, ones with
 * warnings. At most {@link MOST}, however many there are: no more is asked for.
 */
export class Attention {
  /** Entries of /api/status. */
  services = [];
  /** Whether warnings count, too: they concern those who run the services. */
  signedIn = false;
  /** How many are down or stale. */
  total = 0;

  #counts = { down: 0, stale: 0, warnings: 0 };
  #begun = false;
  #loading = null;
  #changed;

  /** @param changed called when other services need attention */
  constructor(changed) {
    this.#changed = changed;
  }

  /** Before the counts are known: what is down is asked for along with the rest of the page. */
  begin() {
    this.#begun = true;
    return this.#load([KINDS[0]]);
  }

  /** The counts are those now. */
  take(counts) {
    this.#counts = counts;
    this.total = counts.down + counts.stale;
    const kinds = this.#kinds();
    if (!this.#begun || kinds.some((kind) => kind !== KINDS[0])) {
      this.#load(kinds);
    }
    this.#begun = false;
  }

  /** Asks again for what there is. */
  refresh() {
    this.#load(this.#kinds());
  }

  #kinds() {
    return KINDS.filter(({ count, inside }) => this.#counts[count] > 0 && (!inside || this.signedIn));
  }

  /** One has changed its state, as the event says. An answer that is under way may not know it yet. */
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

  /** The fields of one have changed. */
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
      return; // what is known stays; Live tells when the server is away
    }
    if (!loading.signal.aborted) {
      this.services = [...found.values()];
      this.#changed();
    }
  }
}
