import { html, nothing } from 'lit';
import { address } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import './language-switch.js';
import './theme-switch.js';

/** The page header: the site's logo and name, page-specific content, the theme switch. */
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

/** The link to the admin pages in the footer of public pages. */
export const adminLink = () => html`<a href=${address('/admin')}>${t('foot.admin')}</a> · `;

/** The page footer: the site's own text, with URLs as links, and the product name. */
export const pageFoot = (site, more = nothing) => html`
  <footer class="page-foot">
    <div class="own">${linked(site?.footer ?? '')}</div>
    <div class="more"><span>${more} ${t('foot.by')} <a href=${address('/docs')}>API</a></span><language-switch></language-switch></div>
  </footer>`;

/** Turns http and https URLs into links. The rest stays text and is never parsed as markup. */
function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/g)
    .map((part, i) => (i % 2 ? html`<a href=${part} rel="noopener noreferrer nofollow">${part}</a>` : part));
}
