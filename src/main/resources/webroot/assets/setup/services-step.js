import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { whileBusy } from '../components/busy.js';
import { icon } from '../components/icons.js';
import { toast } from '../components/toast.js';
import { PageElement } from '../lib/element.js';
import { t } from '../lib/i18n.js';
import './service-draft.js';

let nextId = 1;

/** The first services: one row each, saved together. Empty rows are skipped. */
class ServicesStep extends PageElement {
  static properties = {
    rows: { state: true },
  };

  constructor() {
    super();
    this.rows = [nextId++];
  }

  render() {
    return html`<form novalidate @submit=${this.submit}>
      <p>${t('setup.services.text')}</p>
      ${repeat(
        this.rows,
        (id) => id,
        (id, i) => html`<service-draft row=${id} .place=${i + 1} .removable=${this.rows.length > 1}
          @remove=${() => this.removeRow(id)}></service-draft>`,
      )}
      <div><button type="button" class="button" @click=${this.add}>${icon('plus')}${t('setup.services.add')}</button></div>
      <div class="step-actions">
        <button type="submit" class="button primary">${t('setup.services.save')}</button>
        <button type="button" class="button quiet" @click=${this.skip}>${t('setup.services.skip')}</button>
      </div>
    </form>`;
  }

  drafts() {
    return [...this.querySelectorAll('service-draft')];
  }

  async add() {
    this.rows = [...this.rows, nextId++];
    await this.updateComplete;
    const added = this.drafts().at(-1);
    await added.updateComplete;
    added.querySelector('input').focus();
  }

  async removeRow(id) {
    const at = this.rows.indexOf(id);
    this.rows = this.rows.filter((row) => row !== id);
    await this.updateComplete;
    this.drafts()[Math.max(0, at - 1)]?.querySelector('input')?.focus();
  }

  skip() {
    this.dispatchEvent(new Event('next', { bubbles: true }));
  }

  async submit(event) {
    event.preventDefault();
    const drafts = this.drafts();
    const filled = drafts.filter((draft) => !draft.isEmpty());
    if (filled.length === 0) {
      drafts[0].requireUrl();
      return;
    }
    await whileBusy(this.querySelector('[type=submit]'), async () => {
      const saved = [];
      for (const draft of filled) {
        saved.push(await draft.save()); // sequentially, so that duplicate names fail in a fixed order
      }
      const failed = saved.filter((one) => !one).length;
      if (failed === 0) {
        toast(t('setup.services.saved', { count: filled.length }));
        this.skip();
      } else {
        filled[saved.indexOf(false)].focusProblem();
      }
    });
  }
}

customElements.define('services-step', ServicesStep);
