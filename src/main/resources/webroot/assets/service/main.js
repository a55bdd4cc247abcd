import { html, render } from 'lit';
import { adminLink, pageFoot, pageHead } from '../components/frame.js';
import { loadSite } from '../lib/site.js';
import './service-page.js';

const show = (site) =>
  render(html`${pageHead(site)}<service-page .site=${site}></service-page>${pageFoot(site, adminLink())}`, document.body);

show(null); // do not wait for the site's name and logo
show(await loadSite());
document.querySelector('service-page').addEventListener('reached', async () => show(await loadSite()));
