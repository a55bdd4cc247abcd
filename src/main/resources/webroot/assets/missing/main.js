import { html, render } from 'lit';
import { adminLink, pageFoot, pageHead } from '../components/frame.js';
import { address } from '../lib/api.js';
import { followState } from '../lib/favicon.js';
import { t } from '../lib/i18n.js';
import { loadSite } from '../lib/site.js';

const show = (site) =>
  render(
    html`<div class="page">${pageHead(site)}
      <main id="main" tabindex="-1">
        <div class="card empty">
          <h1>${t('missing.title')}</h1>
          <p>${t('missing.text')}</p>
          <a class="button primary" href=${address('/')}>${t('missing.back')}</a>
        </div>
      </main>
      ${pageFoot(site, adminLink())}</div>`,
    document.body,
  );

show(null);
followState();
const site = await loadSite();
document.title = `${t('missing.title')} · ${site.siteName}`;
show(site);
