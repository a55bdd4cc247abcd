import { html, nothing } from 'lit';
import { address } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import './theme-switch.js';

/** The head of a page: the site's logo and name, what the page adds, the theme switch. */
export const pageHead = (site, more = nothing) => html`
  <a class="skip" href="#main">${t('skip')}</a>
  <header class="page-head">
    <a class="site" href=${address('/')} title=${site?.siteName ?? ''}>
      ${site?.logo ? html`<img src=${site.logo} alt="">` : nothing}
      <span class="ellipsis">${site?.siteName ?? ''}</span>
    </a>
    <span class="space"></span>
    ${more}
    <theme-switch></theme-switch>
  </header>`;

/** The way into the administration, for the foot of the pages that everybody sees. */
export const adminLink = () => html`<a href=${address('/admin')}>${t('foot.admin')}</a> · `;

/** The foot of a page: the site's own text, with its web addresses as links, and what runs it. */
export const pageFoot = (site, more = nothing) => html`
  <footer class="page-foot">
    <div class="own">${linked(site?.footer ?? '')}</div>
    <div>${more} ${t('foot.by')} <a href=${address('/docs')}>API</a></div>
  </footer>`;

/** Text in which http and https addresses are links. It stays text: nothing in it becomes markup. */
function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/g)
    .map((part, i) => (i % 2 ? html`<a href=${part} rel="noopener noreferrer nofollow">${part}</a>` : part));
}
