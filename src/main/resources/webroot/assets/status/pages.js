import { get } from '../lib/api.js';
import { updated } from '../lib/entry.js';

export const PAGE = 100;
const KEPT = 4; // pages on each side of what is seen: memory stays flat however far one scrolls
const GATHER_MS = 50; // a fling passes many pages that nobody looks at

const pageOf = (offset) => Math.floor(offset / PAGE);

/** The services around what is seen, a hundred at a time, by their place among those that match. */
export class Pages {
  /** number → `{services, stale, loading}`; `services` is null until they are there, `loading` aborts the request. */
  #pages = new Map();
  #query = {};
  /** The places of the services seen and of those near by, in order, and the first that is really seen. */
  #wanted = [];
  #first = 0;
  #timer = null;
  #changed;

  /** @param changed called when services have come */
  constructor(changed) {
    this.#changed = changed;
  }

  /** The service at that place; undefined while it is under way. */
  at(offset) {
    return this.#pages.get(pageOf(offset))?.services?.[offset % PAGE];
  }

  /** Where the page begins that holds the first row seen. */
  get seenFrom() {
    return pageOf(this.#first) * PAGE;
  }

  /**
   * Takes over a page that was loaded with the counts. The others may be out of date then: they are shown until they
   * are loaded again, or dropped where the query is another.
   */
  restart(query, sameQuery, offset, services) {
    this.#query = query;
    for (const [number, page] of this.#pages) {
      page.loading?.abort();
      page.loading = null;
      page.stale = true;
      if (!sameQuery || page.services === null) {
        this.#pages.delete(number);
      }
    }
    if (!sameQuery) {
      this.#wanted = [];
      this.#first = 0;
    }
    this.#pages.set(pageOf(offset), { services, stale: false, loading: null });
    this.see(this.#wanted, this.#first);
  }

  /** Says which places are seen or near; what lacks there is loaded. */
  see(wanted, first) {
    this.#wanted = wanted;
    this.#first = first;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#fill();
    }, GATHER_MS);
  }

  #fill() {
    const numbers = [...new Set(this.#wanted.map(pageOf))];
    for (const [number, page] of this.#pages) {
      if (page.loading && !numbers.includes(number)) {
        page.loading.abort();
        page.loading = null;
      }
      const near = numbers.some((one) => Math.abs(one - number) <= KEPT);
      if (!near || (page.services === null && !page.loading)) {
        this.#pages.delete(number);
      }
    }
    for (const number of numbers) {
      const page = this.#pages.get(number) ?? { services: null, stale: true, loading: null };
      if (page.stale && !page.loading) {
        this.#pages.set(number, page);
        this.#load(number, page);
      }
    }
  }

  async #load(number, page) {
    const loading = new AbortController();
    page.loading = loading;
    try {
      const query = { ...this.#query, limit: PAGE, offset: number * PAGE };
      const { services } = await get('/api/status', query, { signal: loading.signal });
      if (page.loading === loading) {
        page.services = services;
        page.stale = false;
        this.#changed();
      }
    } catch {
      // called off; or out of reach, which the page says anyway: the next event or minute tries again
    } finally {
      if (page.loading === loading) {
        page.loading = null;
      }
    }
  }

  /** Takes over the newest state of what is seen. */
  async refresh() {
    const first = this.#first;
    const last = this.#wanted.findLast((place) => place < first + PAGE) ?? first;
    const query = { ...this.#query, limit: last - first + 1, offset: first };
    const asked = this.#query;
    const { services } = await get('/api/status', query);
    if (this.#query === asked) {
      services.forEach((service, i) => {
        const page = this.#pages.get(pageOf(first + i));
        if (page?.services) {
          page.services[(first + i) % PAGE] = service;
        }
      });
      this.#changed();
    }
  }

  /** Replaces a service where it is among those loaded. */
  patch(service) {
    for (const { services } of this.#pages.values()) {
      const at = services?.findIndex((one) => one.id === service.id) ?? -1;
      if (at >= 0) {
        services[at] = updated(services[at], service);
        return;
      }
    }
  }
}
