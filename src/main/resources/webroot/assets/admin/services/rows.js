import { get } from '../../lib/api.js';
import { updated } from '../../lib/entry.js';
import { asQuery } from './view.js';

const PAGE = 100;
/** Pages kept in memory; those farthest from the viewport are evicted first. */
const KEPT = 30;
/** Debounces loading, since fast scrolling passes many pages. */
const GATHER_MS = 50;

/**
 * The services of a view by index, loaded page by page as they become visible.
 *
 * Dispatches `change` when the visible content may have changed. `error` is the failure of the last load.
 */
export class Rows extends EventTarget {
  matching = 0;
  counts = null;
  /** The default check interval, in seconds. */
  defaultInterval = null;
  /** Id of the last event included in this state; the stream resumes after it. */
  event = null;
  error = null;
  /** Whether the first response for the requested view is outstanding. */
  loading = true;

  #view = null;
  #pages = new Map();
  #running = new Map();
  #seen = [0, 0];
  #gathering = null;
  #abort = new AbortController();

  at(index) {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  /** Switches to another view. The current rows stay until its first page arrives. */
  async show(view, index = 0) {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#running.clear();
    this.#view = view;
    this.loading = true;
    this.#changed();
    const signal = this.#abort.signal;
    try {
      const answer = await this.#load(Math.floor(index / PAGE), signal);
      this.#pages.clear();
      this.#take(answer);
    } catch (e) {
      this.#failed(e, signal);
    }
    if (!signal.aborted) {
      this.loading = false;
      this.#changed();
    }
  }

  /** Ensures these rows are loaded, unless a later call replaces the range. */
  want(first, last) {
    this.#seen = [first, last];
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      this.#fill(...this.#seen);
    }, GATHER_MS);
  }

  #fill(first, last) {
    for (const page of this.#between(first, last)) {
      if (!this.#pages.has(page) && !this.#running.has(page)) {
        this.#fetch(page);
      }
    }
    this.#forget(Math.floor((first + last) / 2 / PAGE));
  }

  /** Reloads the visible rows; the others are reloaded when they become visible. */
  async refresh(first, last) {
    const seen = new Set(this.#between(first, last));
    for (const page of this.#pages.keys()) {
      if (!seen.has(page)) {
        this.#pages.delete(page);
      }
    }
    await Promise.all([...seen].map((page) => this.#fetch(page)));
  }

  /** All rows in a range, loading the missing ones. */
  async range(first, last) {
    await Promise.all(this.#between(first, last).map((page) => this.#pages.has(page) || this.#fetch(page)));
    return Array.from({ length: last - first + 1 }, (_, i) => this.at(first + i)).filter(Boolean);
  }

  /** Applies an event to a loaded service. Returns whether that service is loaded. */
  patch(entry) {
    const found = this.#find(entry.id);
    if (!found) {
      return false;
    }
    const { name, description, group, paused, status, lastChecked, responseTime, statusCode, since, error } = entry;
    found.page[found.at] = {
      ...found.page[found.at],
      ...{ name, description, group, paused },
      state: updated(found.page[found.at].state, { status, lastChecked, responseTime, statusCode, since, error }),
    };
    this.#changed();
    return true;
  }

  #find(id) {
    for (const page of this.#pages.values()) {
      const at = page.findIndex((row) => row.id === id);
      if (at >= 0) {
        return { page, at };
      }
    }
    return null;
  }

  #between(first, last) {
    const pages = [];
    const end = Math.min(last, Math.max(0, this.matching - 1));
    for (let page = Math.floor(Math.max(0, first) / PAGE); page * PAGE <= end; page++) {
      pages.push(page);
    }
    return pages;
  }

  #fetch(page) {
    const signal = this.#abort.signal;
    const running = this.#load(page, signal)
      .then((answer) => this.#take(answer))
      .catch((e) => this.#failed(e, signal))
      .finally(() => {
        if (this.#running.get(page) === running) {
          this.#running.delete(page);
        }
        if (!signal.aborted) {
          this.#changed();
        }
      });
    this.#running.set(page, running);
    return running;
  }

  #load(page, signal) {
    return get('/api/services', { ...asQuery(this.#view), limit: PAGE, offset: page * PAGE }, { signal });
  }

  #take(answer) {
    this.matching = answer.matching;
    this.counts = answer.counts;
    this.defaultInterval = answer.defaultInterval;
    this.event = answer.event ?? this.event;
    this.error = null;
    const page = Math.floor(answer.offset / PAGE);
    if (answer.services.length > 0) {
      this.#pages.set(page, answer.services);
    } else {
      this.#pages.delete(page);
    }
  }

  #failed(error, signal) {
    if (!signal.aborted) {
      this.error = error;
    }
  }

  #forget(middle) {
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of far.slice(0, Math.max(0, far.length - KEPT))) {
      this.#pages.delete(page);
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
