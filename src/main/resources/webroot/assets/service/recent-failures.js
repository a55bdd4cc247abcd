import { html, nothing } from 'lit';
import { peerLine } from '../components/peer-line.js';
import { get } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explainReading } from '../lib/errors.js';
import { dateTime, milliseconds } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { failureWord, outageWord } from '../lib/failure.js';
import { problem } from './instead.js';

const PAGE = 20;
/** Bounds the list while a service stays down for hours with the page open. */
const MOST = 500;

/** The failed checks, newest first, one page at a time. */
class RecentFailures extends PageElement {
  static properties = {
    entry: {},
    round: {},
    signedIn: {},
    failures: { state: true },
    cursor: { state: true },
    busy: { state: true },
    problem: { state: true },
  };

  /** Number of loads of the newest page; only the response to the latest one counts, regardless of arrival order. */
  #asked = 0;

  willUpdate(changed) {
    if (changed.has('round')) {
      this.#load();
    } else if (changed.has('entry') && this.entry.error) {
      this.#happened();
    }
  }

  /** Events do not name the server that the check reached; users allowed to see it reload the list. */
  #happened() {
    if (this.signedIn) {
      this.#load();
    } else {
      this.#add([asFailure(this.entry)]);
    }
  }

  /** Loads the newest page; older pages already shown stay if there is no gap between them. */
  #load = async () => {
    const asked = ++this.#asked;
    try {
      const { history, cursor } = await this.#page(null);
      if (asked !== this.#asked) {
        return;
      }
      const joins = this.failures?.some((known) => known.timestamp === history.at(-1)?.timestamp);
      if (joins) {
        this.#add(history);
      } else {
        this.failures = history;
        this.cursor = cursor;
      }
      this.problem = null;
    } catch (e) {
      if (asked === this.#asked) {
        this.problem = explainReading(e);
      }
    }
  };

  #more = async () => {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      const { history, cursor } = await this.#page(this.cursor);
      this.failures = [...this.failures, ...history];
      this.cursor = cursor;
      this.problem = null;
    } catch (e) {
      this.problem = explainReading(e);
    }
    this.busy = false;
  };

  #page(cursor) {
    return get('/api/history', { service: this.entry.name, status: 'down', limit: PAGE, cursor });
  }

  #add(newer) {
    const newest = this.failures?.[0]?.timestamp ?? 0;
    const fresh = newer.filter(({ timestamp }) => timestamp > newest);
    if (fresh.length + (this.failures?.length ?? 0) > MOST) {
      this.failures = null;
      this.#load();
    } else if (this.failures && fresh.length > 0) {
      this.failures = [...fresh, ...this.failures];
    }
  }

  render() {
    return html`
      <section class="card failures" aria-labelledby="failures">
        <h2 id="failures">${t('service.failures')}</h2>
        ${this.problem ? problem(this.problem, this.failures ? this.#more : this.#load) : nothing}
        ${this.failures ? this.#list() : this.problem ? nothing : html`<p class="muted late">${t('loading')}</p>`}
      </section>`;
  }

  #list() {
    if (this.failures.length === 0) {
      const unchecked = this.entry.lastChecked === null;
      return html`<p class="muted">${t(unchecked ? 'service.failures.unchecked' : 'service.failures.none')}</p>`;
    }
    return html`
      <ol class="failure-list">${this.failures.map((failure) => item(failure, this.signedIn))}</ol>
      ${this.cursor
        ? html`<button type="button" class="button" aria-busy=${String(Boolean(this.busy))} @click=${this.#more}>
            ${this.busy ? html`<span class="spinner"></span>` : nothing}${t('service.failures.more')}</button>`
        : html`<p class="muted end">${t('service.failures.end')}</p>`}`;
  }
}

const asFailure = ({ lastChecked, ...result }) => ({ ...result, timestamp: lastChecked });

/** @param detailed whether the user may see failure details; others see only what a visitor would notice */
const item = ({ timestamp, responseTime, ...failure }, detailed) => html`
  <li>
    <time class="number muted" datetime=${new Date(timestamp).toISOString()}>${dateTime(timestamp)}</time>
    <span class="wrap">${detailed ? details(failure) : html`<strong>${outageWord(failure.error)}</strong>`}</span>
    <span class="number muted">${milliseconds(responseTime)}</span>
  </li>`;

const details = ({ statusCode, error, ...peer }) => html`<strong>${failureWord(error)}</strong> ${error?.text ?? ''}
  ${statusCode && !error?.text?.includes(statusCode)
    ? html`<span class="muted number">· HTTP ${statusCode}</span>`
    : nothing}
  ${peerLine(peer)}`;

customElements.define('recent-failures', RecentFailures);
