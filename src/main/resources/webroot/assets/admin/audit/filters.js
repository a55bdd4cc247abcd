import { html } from 'lit';
import { icon } from '../../components/icons.js';
import { t } from '../../lib/i18n.js';
import { CHOSEN, SHOWN } from './view.js';
import { ACTIONS, actionWord, byWord } from './words.js';

/**
 * The audit log's filters.
 *
 * @param view as returned by `readView` in view.js
 * @param names key names by prefix
 * @param change called with the filters to change
 */
export const auditFilters = (view, names, change) => html`<div class="audit-filters" role="group" aria-label=${t('audit.filters')}>
  ${select('show', Object.keys(SHOWN).map((name) => [name, t(`audit.show.${name}`)]), view, change)}
  ${select('action', [['', t('audit.action.all')], ...actions()], view, change)}
  ${CHOSEN.filter((name) => view[name]).map((name) => chip(name, name === 'by' ? byWord(view.by, names) : view[name], change))}
</div>`;

const actions = () => ACTIONS.map((name) => [name, actionWord(name)]).sort(([, one], [, other]) => one.localeCompare(other));

const select = (name, options, view, change) => html`<div class="field">
  <label for="audit-${name}">${t(`audit.${name}`)}</label>
  <select id="audit-${name}" @change=${(event) => change({ [name]: event.target.value })}>${options.map(
    ([value, text]) => html`<option value=${value} .selected=${value === view[name]}>${text}</option>`,
  )}</select>
</div>`;

const chip = (name, value, change) => html`<button type="button" class="button small chip"
  aria-label=${t('audit.filter.remove', { filter: t(`audit.${name}`), value })} @click=${() => change({ [name]: '' })}>
  <span class="muted">${t(`audit.${name}`)}</span><span class="ellipsis">${value}</span>${icon('close')}</button>`;
