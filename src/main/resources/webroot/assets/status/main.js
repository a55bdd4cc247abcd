import { html, render } from 'lit';
import { pageFoot, pageHead } from '../components/frame.js';
import { loadSite } from '../lib/site.js';
import './status-board.js';

// the services need not wait for the site's name
const board = document.createElement('status-board');
const show = (site) =>
  render(html`<div class="page">${pageHead(site)}<main id="main">${board}</main>${pageFoot(site)}</div>`, document.body);
show(null);

const site = await loadSite();
document.title = site.siteName;
board.siteName = site.siteName;
show(site);
