import { html, render } from 'lit';
import { pageFoot, pageHead } from '../components/frame.js';
import { address, get } from '../lib/api.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { loadSite } from '../lib/site.js';
import './wizard.js';

// Remove the token from the address at once, so that it is not kept in the browser's history or a copied link.
const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
if (location.hash) {
  history.replaceState(null, '', location.pathname);
}

// opening the link from the log while on this page changes only the fragment
window.addEventListener('hashchange', () => location.hash && location.reload());

let site = await loadSite();

function show(content) {
  document.title = `${t('setup.title')} · ${site.siteName}`;
  render(
    html`<div class="setup">${pageHead(site)}<main id="main" tabindex="-1">${content}</main>${pageFoot(site)}</div>`,
    document.body,
  );
}

const closed = () => html`<div class="card empty">
  <h1>${t('setup.closed')}</h1>
  <p>${t('setup.closedText')}</p>
  <a class="button primary" href=${address('/admin')}>${t('setup.toAdmin')}</a>
  <a href=${address('/')}>${t('setup.toStatus')}</a>
</div>`;

const wizard = html`<setup-wizard .token=${token}
  @named=${async () => {
    site = await loadSite();
    show(wizard);
  }}
  @closed=${() => show(closed())}></setup-wizard>`;

try {
  show((await get('/api/setup/status')).completed ? closed() : wizard);
} catch (e) {
  show(html`<div class="card empty" role="alert">
    <h1>${t('setup.title')}</h1>
    <p>${explain(e)}</p>
    <button type="button" class="button" @click=${() => location.reload()}>${t('try.again')}</button>
  </div>`);
}
