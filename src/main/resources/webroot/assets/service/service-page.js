import { html } from 'lit';
import '../components/connection-banner.js';
import { findSession } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { updated } from '../lib/entry.js';
import { showIcon } from '../lib/favicon.js';
import { t } from '../lib/i18n.js';
import { Live } from '../lib/live.js';
import { shownStatus, statusWord } from '../lib/verdict.js';
import { Announcer, announcement } from './announcement.js';
import { find } from './find.js';
import { gone, loading, missing, unreachable } from './instead.js';
import { followRename, nameInAddress } from './route.js';
import './recent-failures.js';
import './response-times.js';
import './service-certificate.js';
import './service-summary.js';
import './service-uptime.js';

const RETRY_MS = [2_000, 5_000, 10_000, 20_000];

/**
 * The page of one service. Keeps its entry up to date from events; the sections below load their own data when the
 * entry changes and reload it when `round` does. Dispatches `reached` once the server responds after being unreachable
 * at first.
 */
class ServicePage extends PageElement {
  static properties = {
    site: {},
    state: { state: true },
    entry: { state: true },
    store: { state: true },
    round: { state: true },
    signedIn: { state: true },
    announced: { state: true },
  };

  #name = nameInAddress();
  #live = null;
  #failures = 0;
  #timer = null;
  #loading = false;
  #again = false;
  #loadedAt = 0;
  #announcer = new Announcer((text) => (this.announced = text));

  constructor() {
    super();
    this.state = 'loading';
    this.round = 0;
    this.store = true;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
    findSession().then((signedIn) => (this.signedIn = signedIn), () => {}); // on failure, show the visitor's page
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#live?.stop();
  }

  /** Loads the entry; the first time, also subscribes to events. */
  async #load() {
    if (this.#loading) {
      this.#again = true; // the response in flight may already be outdated
      return;
    }
    clearTimeout(this.#timer);
    this.#loading = true;
    this.#again = false;
    try {
      const found = this.#name === null ? null : await find(this.#name, this.entry?.id);
      this.#failures = 0;
      this.#loadedAt = Date.now();
      if (found) {
        if (!(found.services[0].lastChecked < this.entry?.lastChecked)) {
          this.#take(found.services[0]); // unless a newer event has arrived
        }
        this.store = found.storeReachable;
        this.round++;
        if (this.state === 'unreachable') {
          this.dispatchEvent(new Event('reached'));
        }
        this.state = 'shown';
        this.#listen(found.event);
      } else {
        this.#end(this.entry ? 'gone' : 'missing');
      }
    } catch {
      if (!this.entry) {
        this.state = 'unreachable';
      }
      this.#timer = setTimeout(() => this.#load(), RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)]);
    } finally {
      this.#loading = false;
    }
    if (this.#again) {
      this.#load();
    }
  }

  #listen(event) {
    if (this.#live) {
      return;
    }
    this.#live = new Live({ id: this.entry.id });
    const ours = (data) => data.service?.id === this.entry.id;
    for (const type of ['transition', 'saved']) {
      this.#live.addEventListener(type, ({ detail }) => ours(detail) && this.#take(detail.service));
    }
    this.#live.addEventListener(
      'saved',
      ({ detail }) => ours(detail) && (this.state === 'gone' || this.entry.locations || this.entry.certificate) && this.#load(),
    );
    // a result may arrive after a later change
    const isNew = ({ service }) => service.lastChecked > this.entry.lastChecked;
    this.#live.addEventListener('result', ({ detail }) => ours(detail) && isNew(detail) && this.#hear(detail.service));
    this.#live.addEventListener('removed', ({ detail }) => detail.id === this.entry.id && this.#end('gone'));
    this.#live.addEventListener('reset', () => this.#live?.state === 'polling' || this.#reload()); // polls load it
    this.#live.addEventListener('summary', this.#summaryCame);
    this.#live.addEventListener('state', this.#stateChanged);
    this.#live.start(event);
    this.requestUpdate();
  }

  #summaryCame = ({ detail }) => {
    const turned = this.store !== detail.storeReachable;
    this.store = detail.storeReachable;
    if (turned || this.#live?.state === 'polling') { // `reason` depends on the store
      this.#reload();
    }
  };

  #stateChanged = () => {
    this.requestUpdate(); // the data becomes stale or current
    if (this.#live?.state === 'live' && Date.now() - this.#loadedAt > 1_000) {
      this.#reload();
    }
  };

  /** Loads what events do not carry; skipped while the page is hidden, which is followed by a reload anyway. */
  #reload() {
    if (!document.hidden) {
      this.#load();
    }
  }

  #take(entry) {
    const before = this.entry;
    if (entry.name !== this.#name) {
      this.#name = entry.name;
      followRename(entry.name);
    }
    this.entry = updated(before, entry);
    this.#announcer.say(before && announcement(before, entry));
  }

  /** A result carries only the new expiry of a replaced certificate; its other fields are loaded. */
  #hear(entry) {
    const before = this.entry.certificate;
    this.#take(entry);
    if (this.signedIn && entry.certificate && entry.certificate.validTo !== before?.validTo) {
      this.#load();
    }
  }

  /** Ends the display of the service. A deleted one may come back, since deletion can be undone. */
  #end(state) {
    if (state === 'gone' && this.state !== 'gone') {
      this.#announcer.say(t('service.gone.title', { name: this.entry.name }));
    }
    this.state = state;
  }

  updated() {
    if (this.state === 'shown') {
      showIcon(this.#live?.state === 'lost' ? 'lost' : this.entry.paused ? 'unknown' : shownStatus(this.entry));
    }
    const site = this.site?.siteName ?? '';
    const title = {
      shown: () => `${this.entry.name} – ${statusWord(this.entry, this.entry.paused)}`,
      gone: () => this.entry.name,
      missing: () => t('service.missing.title'),
      unreachable: () => t('service.unreachable.title'),
      loading: () => this.#name ?? '',
    }[this.state]();
    document.title = [title, site].filter(Boolean).join(' · ');
  }

  render() {
    return html`
      <main id="main" tabindex="-1">
        ${this.#content()}
        <p class="visually-hidden" aria-live="polite">${this.announced ?? ''}</p>
      </main>`;
  }

  #content() {
    switch (this.state) {
      case 'loading':
        return loading();
      case 'missing':
        return missing(this.#name);
      case 'gone':
        return gone(this.entry.name);
      case 'unreachable':
        return unreachable(() => this.#load());
      default:
        return this.#shown();
    }
  }

  #shown() {
    const { entry, round } = this;
    const blind = !this.store && entry.reason === 'store';
    const heard = this.#live?.state === 'lost' ? this.#live.heard : blind ? entry.lastChecked : null;
    const old = heard === null ? '' : 'old';
    return html`
      <connection-banner .live=${this.#live} .store=${this.store} .blind=${blind ? 1 : 0}></connection-banner>
      <service-summary class=${old} .entry=${entry} .heard=${heard} .editable=${this.signedIn}></service-summary>
      <service-uptime class=${old} .entry=${entry} .round=${round}></service-uptime>
      <response-times .entry=${entry} .round=${round}></response-times>
      <recent-failures .entry=${entry} .round=${round} .signedIn=${this.signedIn}></recent-failures>
      <service-certificate class=${old} .entry=${entry}></service-certificate>`;
  }
}

customElements.define('service-page', ServicePage);
