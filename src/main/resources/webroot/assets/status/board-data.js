import { get } from '../lib/api.js';
import { Live } from '../lib/live.js';
import { Attention } from './attention.js';
import { PAGE, Pages } from './pages.js';
import { ALL, STATES } from './remembered.js';

const RETRY_MS = 5_000;
const SOON_MS = 200; // several events are one answer
const LATER_MS = 5_000; // counts that were worked out here are compared with the server's
const APART_MS = 500; // between two loads, however much happens
const FRESH_MS = 10_000;

/**
 * What the status page knows: the verdict, the counts, the groups, and the services near what is seen. Kept current by
 * the server's events. Dispatches `change`, at most once a frame, and `transition` with the event's data.
 */
export class BoardData extends EventTarget {
  live = new Live();
  pages = new Pages(() => this.#changed());
  attention = new Attention(() => this.#changed());
  /** The first answer is there. Until then `error` says why not, if it is known. */
  ready = false;
  error = null;
  /** `{overall, updated, storeReachable, counts}` */
  summary = null;
  groups = [];
  matching = 0;
  /** What was asked for; the rows are those of it once `searching` is false again. */
  filter = ALL;
  searching = false;

  #loading = null;
  #loadedAt = 0;
  #timer = null;
  #dueAt = Infinity;
  #told = false;

  start() {
    for (const type of ['summary', 'transition', 'saved', 'removed', 'reset']) {
      this.live.addEventListener(type, (event) => this.#received(type, event.detail));
    }
    this.live.addEventListener('state', () => {
      if (this.live.state === 'live' && this.ready) {
        this.#loadIn(SOON_MS);
      }
      this.#changed();
    });
    setInterval(() => {
      if (!document.hidden && this.ready && this.matching > 0 && this.live.state !== 'lost') {
        this.pages.refresh().catch(() => {}); // Live tells when the server is away
        this.attention.refresh();
      }
    }, FRESH_MS);
    return this.load();
  }

  /** The filter is another: its first rows replace what is there as soon as they come. */
  search(filter) {
    this.filter = filter;
    this.searching = true;
    return this.load(false);
  }

  /** Loads counts and groups, with the page that is seen. */
  async load(sameFilter = !this.searching) {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#dueAt = Infinity;
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.#loadedAt = Date.now();
    const { q, show } = this.filter;
    const query = { sort: 'group', q: q || null, status: STATES[show] };
    const offset = sameFilter ? this.pages.seenFrom : 0;
    try {
      const page = { ...query, include: 'groups', limit: PAGE, offset };
      const attention = this.ready ? null : this.attention.begin();
      const answer = await get('/api/status', page, { signal: loading.signal });
      await attention; // both are shown at once: nothing moves then
      this.#take(answer, query, sameFilter, offset);
    } catch (e) {
      if (!loading.signal.aborted) {
        this.error = e;
        this.#loadIn(Math.max(RETRY_MS, (e.retryAfter ?? 0) * 1_000));
        this.#changed();
      }
    }
  }

  #take(answer, query, sameFilter, offset) {
    const first = !this.ready;
    this.summary = answer;
    this.groups = answer.groups;
    this.matching = answer.matching;
    this.pages.restart(query, sameFilter, offset, answer.services);
    this.ready = true;
    this.searching = false;
    this.error = null;
    if (first) {
      this.live.start(answer.event);
    }
    this.attention.take(answer.counts);
    this.#changed();
  }

  #received(type, data) {
    switch (type) {
      case 'summary':
        this.#compare(data.counts);
        this.summary = { ...this.summary, ...data };
        break;
      case 'transition':
        this.pages.patch(data.service);
        this.attention.turned(data);
        this.#count(data);
        // who matches may be others now; without a filter only the counts have changed
        this.#loadIn(STATES[this.filter.show] ? SOON_MS : LATER_MS);
        this.dispatchEvent(new CustomEvent('transition', { detail: data }));
        break;
      case 'saved':
        this.pages.patch(data.service);
        this.attention.saved(data.service);
        this.#loadIn(SOON_MS);
        break;
      case 'removed':
        this.attention.remove(data.id);
        this.#loadIn(SOON_MS);
        break;
      default:
        this.#loadIn(SOON_MS);
    }
    this.#changed();
  }

  /** That services become stale, or fresh again, is no event: only the counts tell of it. */
  #compare(counts) {
    const known = this.summary?.counts;
    if (!known || Object.keys(counts).every((key) => counts[key] === known[key])) {
      return;
    }
    this.#loadIn(STATES[this.filter.show] || counts.total !== known.total ? SOON_MS : LATER_MS);
  }

  /** Does for a group's counts what the server does, so that not every change has to be asked for. */
  #count({ service, from, to }) {
    const at = this.groups.findIndex((group) => group.name === service.group);
    if (at < 0 || !(from in this.groups[at]) || !(to in this.groups[at]) || this.groups[at][from] === 0) {
      return;
    }
    const group = { ...this.groups[at] };
    group[from]--;
    group[to]++;
    const checked = group.up + group.down + group.unknown;
    group.overall = group.down === 0 ? (group.up > 0 ? 'up' : 'unknown') : group.down === checked ? 'down' : 'degraded';
    this.groups = this.groups.with(at, group);
  }

  /** Loads in that time, or earlier if it was to be earlier; never right after the last time. */
  #loadIn(delay) {
    const due = Math.max(Date.now() + delay, this.#loadedAt + APART_MS);
    if (due < this.#dueAt) {
      this.#dueAt = due;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.load(), due - Date.now());
    }
  }

  /** A hidden page draws no frames, but its title is seen. */
  #changed() {
    if (!this.#told) {
      this.#told = true;
      const tell = () => {
        this.#told = false;
        this.dispatchEvent(new Event('change'));
      };
      if (document.hidden) {
        setTimeout(tell, 100);
      } else {
        requestAnimationFrame(tell);
      }
    }
  }
}
