import { html, nothing } from 'lit';
import { confirm, openDialog } from '../../components/dialog.js';
import { icon } from '../../components/icons.js';
import { toast } from '../../components/toast.js';
import { PageElement } from '../../lib/element.js';
import { explain } from '../../lib/errors.js';
import { t } from '../../lib/i18n.js';
import { offerUndo, remove, setGroup, setPaused } from './actions.js';
import { BulkRun } from './bulk.js';
import { checkOne } from './check-result.js';
import { askGroup } from './group-choice.js';

/** Failures listed; the rest are counted. */
const LISTED = 200;
/** From this many services on, the confirmation word must be typed. */
const MANY = 50;

/**
 * Bulk actions for the selected services, their progress and their outcome.
 *
 * Dispatches `clear`, and `done` after an action.
 */
class BulkBar extends PageElement {
  static properties = {
    selection: { attribute: false },
    groups: { attribute: false },
    /** Incremented when the selection changes. */
    version: { attribute: false },
    run: { state: true },
    said: { state: true },
  };

  #changed = () => this.requestUpdate();
  #leaving = (event) => event.preventDefault();

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.run) {
      toast(t('services.goes.on', { count: this.run.total - this.run.done }), { kind: 'info' });
    }
  }

  render() {
    const count = this.selection.size;
    return html`<div class="visually-hidden" role="status">${this.said ?? nothing}</div>
      ${this.run ? this.#progress() : count > 0 ? this.#actions(count) : nothing}`;
  }

  #actions(count) {
    const action = (name, drawing, run, danger = false) => html`<button type="button"
      class="button small ${danger ? 'danger' : ''}" @click=${run}>${icon(drawing)}<span>${t(`services.bulk.${name}`)}</span></button>`;
    return html`<div class="bulk-bar card" role="region" aria-label=${t('services.bulk')}>
      <strong class="number">${t('services.selected', { count })}</strong>
      <div class="bulk-actions">
        ${action('check', 'refresh', () => this.#start('check', ({ name }, signal) => checkOne(name, signal)))}
        ${action('pause', 'pause', () => this.#start('pause', ({ name }) => setPaused(name, true)))}
        ${action('resume', 'play', () => this.#start('resume', ({ name }) => setPaused(name, false)))}
        ${action('group', 'edit', () => this.#group())}
        ${action('delete', 'delete', () => this.#delete(), true)}
      </div>
      <button type="button" class="button quiet small" @click=${() => this.dispatchEvent(new Event('clear'))}>
        ${icon('close')}<span>${t('services.clear')}</span></button>
    </div>`;
  }

  #progress() {
    const { done, total, waitsUntil, cancelled, kind } = this.run;
    const waits = waitsUntil > Date.now();
    return html`<div class="bulk-bar card" role="region" aria-label=${t('services.bulk')}>
      <label class="bulk-progress"><span class="number">${t(`services.bulk.${kind}.running`)}
        ${t('services.progress', { done, total })}${waits ? html` · ${t('services.waits')}` : nothing}</span>
        <progress max=${total} .value=${done}></progress></label>
      <button type="button" class="button small" ?disabled=${cancelled} @click=${() => this.run.cancel()}>
        ${cancelled ? t('services.cancelling') : t('cancel')}</button>
    </div>`;
  }

  async #group() {
    const group = await askGroup(this.groups, this.selection.size);
    if (group !== undefined) {
      this.#start('group', ({ name }) => setGroup(name, group));
    }
  }

  async #delete() {
    const count = this.selection.size;
    const sure = await confirm({
      title: t('services.delete.many.title', { count }),
      text: t('services.delete.many.text'),
      action: t('services.menu.delete'),
      danger: true,
      typed: count >= MANY ? String(count) : null,
    });
    if (sure) {
      this.#start('delete', async ({ name }) => ({ name, undo: await remove(name) }));
    }
  }

  async #start(kind, work) {
    const items = this.selection.all();
    const run = Object.assign(new BulkRun(items, work), { kind });
    this.run = run;
    this.said = t(`services.bulk.${kind}.running`);
    run.addEventListener('change', this.#changed);
    window.addEventListener('beforeunload', this.#leaving);
    await run.run();
    window.removeEventListener('beforeunload', this.#leaving);
    this.run = null;
    this.said = null;
    this.#tell(run, kind);
    this.dispatchEvent(new CustomEvent('done', { detail: { kind, run } }));
  }

  #tell(run, kind) {
    const good = run.results.length;
    const left = run.total - good - run.failures.length;
    if (kind === 'delete' && good > 0) {
      offerUndo(run.results);
    } else if (good > 0) {
      toast(this.#summary(run, kind, good));
    }
    if (run.failures.length > 0) {
      toast(t('services.failed', { count: run.failures.length }), {
        kind: 'bad',
        action: { text: t('services.failed.show'), run: () => showFailures(run.failures) },
        seconds: Infinity,
      });
    }
    if (left > 0) {
      toast(t('services.left', { count: left }), { kind: 'info' });
    }
  }

  #summary(run, kind, good) {
    if (kind !== 'check') {
      return t(`services.bulk.${kind}.done`, { count: good });
    }
    const down = run.results.filter((result) => result?.status === 'down').length;
    return t('services.bulk.check.done', { count: good, down });
  }
}

function showFailures(failures) {
  const list = document.createElement('ul');
  list.className = 'failures';
  for (const { name, error } of failures.slice(0, LISTED)) {
    const item = document.createElement('li');
    item.className = 'wrap';
    const strong = document.createElement('strong');
    strong.textContent = name;
    item.append(strong, ` – ${error.status === 404 ? t('services.gone') : explain(error)}`);
    list.append(item);
  }
  if (failures.length > LISTED) {
    const more = document.createElement('li');
    more.textContent = t('services.failed.more', { count: failures.length - LISTED });
    list.append(more);
  }
  openDialog(list, { title: t('services.failed', { count: failures.length }) });
}

customElements.define('bulk-bar', BulkBar);
