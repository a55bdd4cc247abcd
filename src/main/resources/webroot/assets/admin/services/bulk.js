const AT_ONCE = 4;
/** Stops after this many consecutive failures to reach the server. */
const UNREACHED = 5;

/**
 * Applies one action to many services with limited concurrency. Pauses all requests as long as the server asks when
 * rate limited. Dispatches `change` as it progresses.
 */
export class BulkRun extends EventTarget {
  done = 0;
  /** `{name, error}` of each service that failed. */
  failures = [];
  results = [];
  cancelled = false;
  /** End of the rate limit's pause, epoch milliseconds; 0 if not paused. */
  waitsUntil = 0;

  #items;
  #work;
  #next = 0;
  #unreached = 0;
  #wake = new AbortController();

  /** @param work called with an item and an AbortSignal; its result is added to `results` */
  constructor(items, work) {
    super();
    this.#items = items;
    this.#work = work;
  }

  get total() {
    return this.#items.length;
  }

  /** Resolves when all items are done, or after {@link cancel}, those in flight. Never rejects. */
  async run() {
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#worker()));
    return this;
  }

  cancel() {
    this.cancelled = true;
    this.#wake.abort();
    this.#changed();
  }

  async #worker() {
    while (this.#next < this.#items.length && !this.cancelled && this.#unreached < UNREACHED) {
      await this.#one(this.#items[this.#next++]);
    }
  }

  async #one(item) {
    for (;;) {
      await this.#pause();
      if (this.cancelled) {
        return;
      }
      try {
        this.results.push(await this.#work(item, this.#wake.signal));
        this.#unreached = 0;
        break;
      } catch (error) {
        if (this.cancelled && error.name === 'AbortError') {
          return;
        }
        if (error.status === 429) {
          this.waitsUntil = Date.now() + Math.max(1, error.retryAfter) * 1_000;
          this.#changed();
          continue;
        }
        this.#unreached = error.status === 0 || error.status === 401 ? this.#unreached + 1 : 0;
        this.failures.push({ name: item.name, error });
        break;
      }
    }
    this.done++;
    this.#changed();
  }

  async #pause() {
    const rest = this.waitsUntil - Date.now();
    if (rest <= 0) {
      return;
    }
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, rest);
      this.#wake.signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
    this.waitsUntil = 0;
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
