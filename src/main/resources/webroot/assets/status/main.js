import { html, render } from 'lit';
import { adminLink, pageFoot, pageHead } from '../components/frame.js';
import { loadSite } from '../lib/site.js';
import './status-board.js';

// the services do not wait for the site's name
const board = document.createElement('status-board');
const show = (site) =>
  render(html`<div class="page">${pageHead(site)}<main id="main" tabindex="-1">${board}</main>${pageFoot(site, adminLink())}</div>`, document.body);
show(null);

async function showSite() {
  const site = await loadSite();
  board.siteName = site.siteName;
  show(site);
  return site;
}

const site = await showSite();
if (!site.version) {
  // the site's data could not be loaded: retry once the server is reachable
  board.addEventListener('reached', showSite, { once: true });
}
