import { get } from '../lib/api.js';
import { updated } from '../lib/entry.js';

export const PAGE = 100;
const KEPT = 4; // pages kept on each side of the viewport; bounds memory while scrolling
const GATHER_MS = 50; // debounces fast scrolling

const pageOf = (offset) => Math.floor(offset / PAGE);

/** The services around the viewport, a hundred at a time, by offset among the matches. */
export class Pages {
  /** number → `{services, stale, loading}`; `services` is null until loaded, `loading` aborts the request. */
  #pages = new Map();
  #query = {};
  /** Offsets of the services in and near the viewport, in order, and the first one visible. */
  #wanted = [];
  #first = 0;
  #timer = null;
  #changed;

  /** @param changed called when services have been loaded */
  constructor(changed) {
    this.#changed = changed;
  }

  /** The service at an offset; undefined while loading. */
  at(offset) {
    return this.#pages.get(pageOf(offset))?.services?.[offset % PAGE];
  }

  /** Start of the page that contains the first visible row. */
  get seenFrom() {
    return pageOf(this.#first) * PAGE;
  }

  /**
   * Takes over a page that was loaded together with the counts. The other pages may be outdated: they are shown until
   * reloaded, or dropped if the query has changed.
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

  /** Sets the offsets in and near the viewport and loads the missing ones. */
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
      // aborted, or unreachable, which the page reports anyway: the next event or refresh retries
    } finally {
      if (page.loading === loading) {
        page.loading = null;
      }
    }
  }

  /** Reloads the visible pages. */
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

  /** Replaces a service if it is loaded. */
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
