// Content of the page if there is no service to show.
import { html, nothing } from 'lit';
import { address } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { icon } from '../components/icons.js';

export const backLink = () => html`<a class="back" href=${address('/')}>${icon('back')}${t('service.all')}</a>`;

export const loading = () => html`
  <nav aria-label=${t('service.navigation')}>${backLink()}</nav>
  <div class="empty late" role="status"><span class="spinner"></span>${t('loading')}</div>`;

export const missing = (name) => html`
  <nav aria-label=${t('service.navigation')}>${backLink()}</nav>
  <div class="empty card">
    <h1>${t('service.missing.title')}</h1>
    ${name ? html`<p class="wrap"><q>${name}</q></p>` : nothing}
    <p>${t('service.missing.text')}</p>
    <a class="button primary" href=${address('/')}>${t('service.all')}</a>
  </div>`;

export const gone = (name) => html`
  <nav aria-label=${t('service.navigation')}>${backLink()}</nav>
  <div class="empty card">
    <h1 class="wrap">${t('service.gone.title', { name })}</h1>
    <p>${t('service.gone.text')}</p>
    <a class="button primary" href=${address('/')}>${t('service.all')}</a>
  </div>`;

export const unreachable = (again) => html`
  <nav aria-label=${t('service.navigation')}>${backLink()}</nav>
  <div class="empty card" role="status">
    <h1>${t('service.unreachable.title')}</h1>
    <p>${t('service.unreachable.text')}</p>
    <button type="button" class="button" @click=${again}>${icon('refresh')}${t('try.again')}</button>
  </div>`;

/** Error message of a section that could not load its data. */
export const problem = (text, again) => html`
  <div class="section-problem" role="status">
    <span>${text}</span>
    <button type="button" class="button small" @click=${again}>${t('try.again')}</button>
  </div>`;
