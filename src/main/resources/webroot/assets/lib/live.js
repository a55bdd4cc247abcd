import { address, get } from './api.js';

const LOST_AFTER_MS = 3_000;
const POLL_MS = 10_000;
const POLL_HIDDEN_MS = 30_000;
/** The server sends at least a heartbeat every 15 seconds; a connection silent for longer than this is dead. */
const SILENT_MS = 35_000;
const ATTEMPTS_BEFORE_POLLING = 3;

/**
 * The server's events: streamed while the page is visible, and polled while it is hidden (browsers limit streams per
 * host) or a proxy blocks streams.
 *
 * Dispatches the server's events (`summary`, `transition`, `saved`, `removed`, `result`) as CustomEvents with their
 * data as `detail`, `reset` if everything must be reloaded, and `state` when {@link state} changes.
 */
export class Live extends EventTarget {
  /** `connecting`, `live`, `polling` or `lost`; with `lost`, the data is stale. */
  state = 'connecting';
  /** Time of the last message from the server, epoch milliseconds. */
  heard = Date.now();

  #query;
  #after = null;
  #source = null;
  #timer = null;
  #lostTimer = null;
  #silenceTimer = null;
  #attempts = 0;
  #stopped = true;
  /** Start of each service's provisional status by id; its stored transition is not dispatched again. */
  #provisional = new Map();

  /** @param query additional parameters for `/api/events`, such as `{service: 'Shop'}` */
  constructor(query = {}) {
    super();
    this.#query = query;
  }

  /** @param event the event id of the loaded state; the stream resumes after it */
  start(event) {
    this.#after = event ?? this.#after;
    if (this.#stopped) {
      this.#stopped = false;
      document.addEventListener('visibilitychange', this.#seenOrHidden);
      window.addEventListener('online', this.#again);
    }
    this.#begin();
  }

  stop() {
    this.#stopped = true;
    document.removeEventListener('visibilitychange', this.#seenOrHidden);
    window.removeEventListener('online', this.#again);
    this.#end();
  }

  #begin() {
    this.#end();
    if (this.#stopped) {
      return;
    }
    if (document.hidden || this.#attempts >= ATTEMPTS_BEFORE_POLLING) {
      this.#poll();
    } else {
      this.#stream();
    }
  }

  #end() {
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#timer);
    clearTimeout(this.#lostTimer);
    clearTimeout(this.#silenceTimer);
    this.#lostTimer = null;
  }

  #seenOrHidden = () => {
    this.#attempts = 0;
    this.#begin();
  };

  #again = () => {
    this.#attempts = 0;
    this.#begin();
  };

  #stream() {
    const source = new EventSource(address('/api/events', { ...this.#query, after: this.#after }));
    this.#source = source;
    for (const type of ['summary', 'transition', 'saved', 'removed', 'result', 'reset']) {
      source.addEventListener(type, (event) => this.#received(type, event));
    }
    this.#expect();
    source.onopen = () => {
      this.#attempts = 0;
      this.#expect();
      this.#reached('live');
    };
    source.onerror = () => {
      this.#suspectLoss();
      if (source.readyState === EventSource.CLOSED) {
        // the browser does not reconnect after a rejected request, although the server may be up
        this.#attempts++;
        this.#source = null;
        clearTimeout(this.#silenceTimer);
        this.#poll();
      }
    };
  }

  /** Detects lost connections that raise no error. */
  #expect() {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => {
      this.#begin();
      this.#suspectLoss();
    }, SILENT_MS);
  }

  #received(type, event) {
    this.heard = Date.now();
    this.#expect();
    if (event.lastEventId) {
      this.#after = event.lastEventId;
    }
    this.#reached('live');
    if (type === 'reset') {
      this.#after = null;
      this.#provisional.clear();
    }
    const detail = JSON.parse(event.data || '{}');
    if (type !== 'transition' || this.#isNew(detail)) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  }

  #isNew({ service, at, provisional }) {
    const known = this.#provisional.get(service.id) === at;
    if (provisional) {
      this.#provisional.set(service.id, at);
    } else {
      this.#provisional.delete(service.id);
    }
    return !known;
  }

  /** Polls the summary; a new event id since the last poll triggers `reset`. */
  async #poll() {
    try {
      const summary = await get('/api/status', { limit: 1 });
      if (this.#stopped || this.#source) {
        return;
      }
      this.heard = Date.now();
      this.#reached('polling');
      this.dispatchEvent(new CustomEvent('summary', { detail: summary }));
      if (summary.event !== this.#after) {
        this.#after = summary.event;
        this.dispatchEvent(new CustomEvent('reset', { detail: {} }));
      }
      if (!document.hidden) {
        this.#attempts++; // periodically retry the stream
        if (this.#attempts > ATTEMPTS_BEFORE_POLLING + 30) {
          this.#attempts = 0;
        }
      }
    } catch {
      this.#suspectLoss();
    }
    if (!this.#stopped && !this.#source) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#begin(), document.hidden ? POLL_HIDDEN_MS : POLL_MS);
    }
  }

  #reached(state) {
    clearTimeout(this.#lostTimer);
    this.#lostTimer = null;
    this.#become(state);
  }

  /** Short interruptions do not count: streams are closed and reopened regularly. */
  #suspectLoss() {
    if (this.#lostTimer === null && this.state !== 'lost') {
      this.#lostTimer = setTimeout(() => this.#become('lost'), LOST_AFTER_MS);
    }
  }

  #become(state) {
    if (state !== this.state) {
      this.state = state;
      this.dispatchEvent(new Event('state'));
    }
  }
}
