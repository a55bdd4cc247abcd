import { html, render } from 'lit';
import { pageFoot, pageHead } from '../components/frame.js';
import { statusBadge } from '../components/icons.js';
import { loadSite } from '../lib/site.js';

const site = await loadSite();
document.title = site.siteName;
render(html`${pageHead(site)}<main id="main">service ${['up','down','degraded','unknown'].map((s) => statusBadge(s))}</main>${pageFoot(site)}`, document.body);
