import { get } from '../../lib/api.js';
import { updated } from '../../lib/entry.js';
import { asQuery } from './view.js';

const PAGE = 100;
/** Pages that are kept; those farthest from what is seen go first. */
const KEPT = 30;
/** A fling passes many pages that nobody looks at: what is seen is looked at so often. */
const GATHER_MS = 50;

/**
 * The services of a view, page by page as they are looked at, by their place in the list.
 *
 * Dispatches `change` when something that is shown may have changed. `error` is what kept the last load from working.
 */
export class Rows extends EventTarget {
  matching = 0;
  counts = null;
  /** Seconds between two checks of a service that sets no interval. */
  defaultInterval = null;
  /** Where the events go on from that this state includes. */
  event = null;
  error = null;
  /** Whether a view was asked for whose first answer is not there yet. */
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

  /** Shows another view. What was shown stays until the new one's first page is there. */
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

  /** Sees to it that these rows are there, or come, unless others are seen by then. */
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

  /** Loads again what is seen; the rest is loaded again when it is looked at. */
  async refresh(first, last) {
    const seen = new Set(this.#between(first, last));
    for (const page of this.#pages.keys()) {
      if (!seen.has(page)) {
        this.#pages.delete(page);
      }
    }
    await Promise.all([...seen].map((page) => this.#fetch(page)));
  }

  /** All rows from one place to another, loaded where they are not. */
  async range(first, last) {
    await Promise.all(this.#between(first, last).map((page) => this.#pages.has(page) || this.#fetch(page)));
    return Array.from({ length: last - first + 1 }, (_, i) => this.at(first + i)).filter(Boolean);
  }

  /** Takes over what an event says of a service. Gives whether it is one of those that are loaded. */
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
