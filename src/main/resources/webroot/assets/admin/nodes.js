import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { get } from '../lib/api.js';
import { PageElement } from '../lib/element.js';
import { explain } from '../lib/errors.js';
import { t } from '../lib/i18n.js';
import { egressAdvice } from './nodes/advice.js';
import { nodeRow, COLUMNS } from './nodes/row.js';
import { nodeTroubles } from './nodes/troubles.js';
import { troubleList } from './trouble-list.js';

const REFRESH_MS = 3_000;

/** The nodes that share the checks, with each one's share and lag. */
class AdminNodes extends PageElement {
  static properties = {
    known: { state: true },
    problem: { state: true },
  };

  #refreshing = null;
  #seen = () => !document.hidden && this.load();

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#seen);
    this.load();
    this.#refreshing = setInterval(() => !document.hidden && this.load(), REFRESH_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#seen);
    clearInterval(this.#refreshing);
  }

  /** Clears figures that cannot be loaded, so that old ones are not taken for current. */
  async load() {
    try {
      this.known = await get('/api/nodes');
      this.problem = null;
    } catch (e) {
      this.problem = explain(e);
    }
  }

  render() {
    return html`<div class="view-head"><h1>${t('admin.nav.nodes')}</h1></div>
      <p class="intro">${t('nodes.intro')}</p>
      ${troubleList(this.known && !this.problem ? nodeTroubles(this.known) : [])}
      ${this.problem
        ? html`<div class="card empty" role="alert"><p>${this.problem}</p>
            <button type="button" class="button" @click=${() => this.load()}>${t('try.again')}</button></div>`
        : this.known === undefined
          ? html`<p class="muted">${t('loading')}</p>`
          : this.table()}`;
  }

  table() {
    const { nodes } = this.known;
    const live = nodes.filter((node) => node.live).length;
    return html`<div class="card table-card" role="region" aria-label=${t('admin.nav.nodes')} tabindex="0">
        <table class="stacked nodes">
          <thead><tr>${COLUMNS.map(
            (name) => html`<th scope="col" class=${name === 'name' || name === 'share' ? '' : 'right'}>${t(`nodes.${name}`)}</th>`,
          )}</tr></thead>
          <tbody>${repeat(nodes, (node) => node.id, (node) => nodeRow(node, this.known))}</tbody>
        </table>
      </div>
      ${live === 1 && nodes.length === 1
        ? html`<div class="card empty alone"><h2>${t('nodes.one')}</h2><p>${t('nodes.oneText')}</p></div>`
        : nothing}
      ${egressAdvice(this.known)}`;
  }
}

customElements.define('admin-nodes', AdminNodes);
