import { html, nothing } from 'lit';
import { pageFoot, pageHead } from '../components/frame.js';
import { icon } from '../components/icons.js';
import { address } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { followState } from '../lib/favicon.js';
import { t } from '../lib/i18n.js';
import { ROUTES, currentRoute } from './routes.js';
import { signOut } from './session.js';
import './sign-in.js';

/** The shell of the admin pages: the sign-in form, then the navigation and the current view. */
class AdminApp extends PageElement {
  static properties = {
    site: { attribute: false },
    signedIn: { attribute: false },
    route: { state: true },
    view: { state: true },
    problem: { state: true },
    left: { state: true },
  };

  #routed = () => this.show(true);
  #left = (event) => {
    this.left = event.detail.everywhere ? 'admin.signedOutEverywhere' : 'admin.signedOut';
    this.signedIn = false;
    this.view = null;
    this.route = null;
  };
  #siteChanged = (event) => (this.site = event.detail);

  connectedCallback() {
    super.connectedCallback();
    followState();
    window.addEventListener('route', this.#routed);
    window.addEventListener('left', this.#left);
    window.addEventListener('site-changed', this.#siteChanged);
    if (this.signedIn) {
      this.show(false);
    }
  }

  updated(changed) {
    const title = t(this.signedIn ? `admin.nav.${(this.route ?? ROUTES[0]).name}` : 'admin.signIn');
    document.title = `${title} · ${this.site.siteName}`;
    if (changed.has('signedIn') && !this.signedIn) {
      this.querySelector('sign-in-form')?.focus();
    }
  }

  render() {
    return html`<div class="admin">${pageHead(this.site, this.signedIn ? this.signOutButton() : nothing)}
      ${this.signedIn ? this.frame() : this.signInPage()}
      ${pageFoot(this.site, html`<a href=${address('/')}>${t('admin.statusPage')}</a> · `)}</div>`;
  }

  signOutButton() {
    return html`<button type="button" class="button quiet" @click=${() => signOut()}>
      ${icon('out')}<span class="wide-only">${t('admin.signOut')}</span><span class="visually-hidden narrow-only">${t('admin.signOut')}</span>
    </button>`;
  }

  signInPage() {
    return html`<main id="main" class="sign-in-page" tabindex="-1">
      <div class="card">
        <h1>${t('admin.signIn')}</h1>
        ${this.left ? html`<p role="status">${t(this.left)}</p>` : nothing}
        <sign-in-form @signed-in=${this.begin}></sign-in-form>
      </div>
    </main>`;
  }

  frame() {
    return html`<nav class="admin-nav" aria-label=${t('admin.nav')}>
        ${ROUTES.map(
          (route) => html`<a href=${route.path} aria-current=${route === this.route ? 'page' : nothing}>
            ${icon(route.name)}<span>${t(`admin.nav.${route.name}`)}</span></a>`,
        )}
      </nav>
      <main id="main" tabindex="-1">${
        this.problem
          ? html`<div class="empty" role="alert"><p>${this.problem}</p>
              <button type="button" class="button" @click=${() => location.reload()}>${t('try.again')}</button></div>`
          : (this.view ?? html`<p class="muted">${t('loading')}</p>`)
      }</main>`;
  }

  begin() {
    this.left = null;
    this.signedIn = true;
    this.show(true);
  }

  /** Shows the view for the current address. A view that stays open handles a new query itself. */
  async show(focus) {
    const route = currentRoute();
    if (!this.signedIn || route === this.route) {
      return;
    }
    this.route = route;
    this.problem = null;
    try {
      await route.load();
    } catch (e) {
      this.problem = explain({ status: 0, message: String(e) });
      return;
    }
    if (route !== this.route) {
      return; // navigated away in the meantime
    }
    this.view = document.createElement(route.tag);
    this.view.site = this.site;
    await this.updateComplete;
    await this.view.updateComplete;
    this.querySelector('.admin-nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (focus) {
      const heading = this.view.querySelector('h1');
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }
}

customElements.define('admin-app', AdminApp);
