import { html, nothing } from 'lit';
import { number } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';
import { problemText } from '../../lib/problems.js';
import { fieldChange } from '../audit/changes.js';

/** Names and problems listed; the rest are counted. */
const LISTED = 100;

/** The preview of an import: counts and names of affected services. */
export const difference = ({ counts, created, changed, deleted, warnings }) => html`
  <dl class="import-counts">
    ${['created', 'changed', 'unchanged', 'deleted'].map(
      (kind) => html`<div class=${kind === 'deleted' && counts.deleted > 0 ? 'danger' : ''}>
        <dt>${t(`services.import.${kind}`)}</dt><dd class="number">${number(counts[kind])}</dd></div>`,
    )}
  </dl>
  ${listOf('deleted', counts.deleted, deleted, (name) => html`<li>${name}</li>`)}
  ${listOf('changed', counts.changed, changed, changeOf)}
  ${listOf('created', counts.created, created, (name) => html`<li>${name}</li>`)}
  ${warnings?.length ? html`<ul class="import-list banner wrap">${warnings.slice(0, LISTED).map((text) => html`<li>${text}</li>`)}</ul>` : nothing}`;

function listOf(kind, count, items, item) {
  if (count === 0) {
    return nothing;
  }
  return html`<details class="import-details ${kind}" ?open=${kind !== 'created'}>
    <summary>${t(`services.import.${kind}.list`, { count })}</summary>
    ${listed(items, count, item)}
  </details>`;
}

function listed(items, count, item) {
  const shown = items.slice(0, LISTED);
  return html`<ul class="import-list wrap">${shown.map(item)}
    ${count > shown.length ? html`<li>${t('services.failed.more', { count: count - shown.length })}</li>` : nothing}</ul>`;
}

const changeOf = ({ name, fields, before, after }) => html`<li><strong>${name}</strong>
  <ul>${fields.map((field) => (before && after ? fieldChange(field, before, after) : html`<li><code>${field}</code></li>`))}</ul></li>`;

/** Why the import was rejected: the problems of each service, or of the file as a whole. */
export const refusal = (error, text) => html`<div class="banner bad wrap" role="alert">
  <div><p>${error.problems ? t('services.import.problems', { count: error.total }) : text}</p>
  ${error.problems ? listed(error.problems, error.total, problemOf) : nothing}</div></div>`;

function problemOf(problem) {
  const { index, line, name, field, message } = problem;
  const place = line ? t('services.import.line', { line }) : t('services.import.entry', { number: index + 1 });
  const text = problemText({ ...problem, problem: message.slice(field.length + 2) });
  return html`<li>${place}${name ? html`, <strong>${name}</strong>` : nothing}, <code>${field}</code>: ${text}</li>`;
}
