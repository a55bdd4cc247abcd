import { html } from 'lit';
import { dateTime } from '../../lib/format.js';
import { has, t } from '../../lib/i18n.js';
import { actionWord } from './words.js';

/** Fields of a created or deleted item shown without expanding it. */
const FEW = 3;
/** Fields that hold epoch milliseconds. */
const TIMES = ['createdAt', 'expiresAt'];

/** The changes in an audit entry: counts, or fields before and after. */
export function changesOf({ before, after, counts }) {
  if (counts) {
    return Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => (has(`audit.counts.${kind}`) ? t(`audit.counts.${kind}`, { count }) : `${count} × ${actionWord(kind)}`))
      .join(', ');
  }
  if (after?.notRecorded) {
    return t('audit.notRecorded', { count: after.notRecorded });
  }
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (fields.length === 0) {
    return html`<span class="muted">${t('none')}</span>`;
  }
  if (before && after) {
    return html`<ul class="audit-changes">${fields.map((name) => changed(name, text(name, before[name]), text(name, after[name])))}</ul>`;
  }
  const all = html`<ul class="audit-changes">${fields.map((name) => entry(name, text(name, (before ?? after)[name])))}</ul>`;
  return fields.length <= FEW ? all : html`<details><summary>${t('audit.fields', { count: fields.length })}</summary>${all}</details>`;
}

const entry = (name, value) => html`<li><code>${name}</code>: ${value}</li>`;

/** Secrets are redacted on both sides, so only the fact that one changed is shown. */
const changed = (name, before, after) =>
  before === after
    ? entry(name, html`<em>${t('audit.secret')}</em>`)
    : entry(name, html`<span class="visually-hidden">${t('audit.before')}</span>${before === t('none') ? before : html`<del>${before}</del>`}
        <span aria-hidden="true">→</span> <span class="visually-hidden">${t('audit.after')}</span><ins>${after}</ins>`);

/** A service's field before and after; both states are maps of fields. */
export const fieldChange = (name, before, after) => changed(name, text(name, before[name]), text(name, after[name]));

function text(name, value) {
  if (value === null || value === undefined || value === '') {
    return t('none');
  }
  if (TIMES.includes(name)) {
    return dateTime(value);
  }
  return typeof value === 'object' ? members(value) : String(value);
}

const members = (value) =>
  Array.isArray(value) ? value.join(', ') || t('none') : Object.entries(value).map(([key, one]) => `${key}: ${one}`).join(', ') || t('none');
