import { html, nothing } from 'lit';
import { testResult } from '../../components/test-result.js';
import { t } from '../../lib/i18n.js';
import { advancedFields, mainFields } from './form-fields.js';

const banner = (text, kind = '') => html`<p class="banner ${kind} wrap">${text}</p>`;

/**
 * The messages above the fields: errors, and notices of concurrent changes. Both are live regions, so they are rendered
 * even when empty.
 */
export const formMessages = ({ message, notice }) => html`
  <div class="form-message" role="alert">${message ? banner(message, 'bad') : nothing}</div>
  <div role="status">${notice ? banner(notice) : nothing}</div>`;

/** Placeholder while the service loads. */
export const formComing = (message, again) =>
  message
    ? html`<div><button type="button" class="button" @click=${again}>${t('try.again')}</button></div>`
    : html`<p class="empty"><span class="spinner"></span><span class="muted">${t('loading')}</span></p>`;

/**
 * The fields and the form's buttons.
 *
 * @param fields see `form-fields.js`
 * @param view `declared`, `advanced`, `test`
 * @param on handlers: `submit`, `focusout`, `keydown`, `unfold` (whether), `test`, `cancel`
 */
export const formView = (fields, { declared, advanced, test }, on) => html`<form novalidate class="service-form"
    @submit=${on.submit} @focusout=${on.focusout} @keydown=${on.keydown}>
  ${declared ? banner(t('services.declared.why')) : nothing}
  <fieldset class="all" ?disabled=${declared}>${mainFields(fields)}</fieldset>
  <details .open=${Boolean(advanced)} @toggle=${(event) => on.unfold(event.target.open)}>
    <summary>${t('services.advanced')}</summary>
    <fieldset class="all advanced" ?disabled=${declared}>${advancedFields(fields)}</fieldset>
  </details>
  <div class="form-tested" role="status">${test ? tested(test) : nothing}</div>
  <div class="dialog-actions form-actions">
    <button type="button" class="button" @click=${on.test}>${t('services.test')}</button>
    <span class="space"></span>
    <button type="button" class="button" @click=${on.cancel}>${t('cancel')}</button>
    ${declared
      ? nothing
      : html`<button type="submit" class="button primary" title="${t('services.save.key')}">${t('save')}</button>`}
  </div>
</form>`;

const tested = (test) =>
  test.running
    ? html`<p class="check-words"><span class="spinner"></span> ${t('services.testing')}</p>`
    : testResult(test.result);
