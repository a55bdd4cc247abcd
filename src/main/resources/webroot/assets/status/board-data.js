import { get } from '../lib/api.js';
import { Live } from '../lib/live.js';
import { Attention } from './attention.js';
import { PAGE, Pages } from './pages.js';
import { ALL, STATES } from './remembered.js';

const RETRY_MS = 5_000;
const SOON_MS = 200; // combines several events into one load
const LATER_MS = 5_000; // delay before locally computed counts are reconciled with the server's
const APART_MS = 500; // minimum time between two loads
const FRESH_MS = 10_000;

/**
 * The status page's data: the verdict, counts, groups, and the services near the viewport, kept current by the server's
 * events. Dispatches `change`, at most once per frame, and `transition` with the event's data.
 */
export class BoardData extends EventTarget {
  live = new Live();
  pages = new Pages(() => this.#changed());
  attention = new Attention(() => this.#changed());
  /** Whether the first response has arrived. Until then, `error` is the reason if known. */
  ready = false;
  error = null;
  /** `{overall, updated, storeReachable, counts}` */
  summary = null;
  groups = [];
  matching = 0;
  /** The requested filter; the rows match it once `searching` is false. */
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
        this.pages.refresh().catch(() => {}); // Live reports that the server is unreachable
        this.attention.refresh();
      }
    }, FRESH_MS);
    return this.load();
  }

  /** Changes the filter; its first rows replace the current ones when they arrive. */
  search(filter) {
    this.filter = filter;
    this.searching = true;
    return this.load(false);
  }

  /** Loads counts and groups, with the visible page. */
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
      await attention; // show both at once, to avoid a layout shift
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
        // the matching services may have changed; without a filter, only the counts have
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

  /** Staleness is not published as an event; it is detected from the counts. */
  #compare(counts) {
    const known = this.summary?.counts;
    if (!known || JSON.stringify(counts) === JSON.stringify(known)) {
      return;
    }
    this.#loadIn(STATES[this.filter.show] || counts.total !== known.total ? SOON_MS : LATER_MS);
  }

  /** Updates a group's counts locally, as the server does, to avoid a request per change. */
  #count({ service, from, to }) {
    const at = this.groups.findIndex((group) => group.name === service.group);
    if (at < 0 || !(from in this.groups[at]) || !(to in this.groups[at]) || this.groups[at][from] === 0) {
      return;
    }
    const group = { ...this.groups[at] };
    group[from]--;
    group[to]++;
    const checked = group.up + group.down + group.unknown;
    const upOrDegraded = group.degraded > 0 ? 'degraded' : 'up';
    group.overall = group.down === 0 ? (group.up > 0 ? upOrDegraded : 'unknown') : group.down === checked ? 'down' : 'degraded';
    this.groups = this.groups.with(at, group);
  }

  /** Schedules a load after a delay, unless an earlier one is pending; enforces the minimum time between loads. */
  #loadIn(delay) {
    const due = Math.max(Date.now() + delay, this.#loadedAt + APART_MS);
    if (due < this.#dueAt) {
      this.#dueAt = due;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.load(), due - Date.now());
    }
  }

  /** A hidden page renders no frames, but its title is visible. */
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
