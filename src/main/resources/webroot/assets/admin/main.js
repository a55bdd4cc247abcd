import { html, render } from 'lit';
import { address, findSession, get } from '../lib/api.js';
import { explain } from '../lib/errors.js';
import { loadSite } from '../lib/site.js';
import { t } from '../lib/i18n.js';
import './app.js';

const site = await loadSite();
try {
  const [signedIn, setup] = await Promise.all([findSession(), get('/api/setup/status')]);
  if (!signedIn && !setup.completed) {
    location.replace(address('/setup')); // no password is set yet
  } else {
    render(html`<admin-app .site=${site} .signedIn=${signedIn}></admin-app>`, document.body);
  }
} catch (e) {
  document.title = site.siteName;
  render(
    html`<main id="main" class="empty"><h1>${site.siteName}</h1><p role="alert">${explain(e)}</p>
      <button type="button" class="button" @click=${() => location.reload()}>${t('try.again')}</button></main>`,
    document.body,
  );
}
