import { html, nothing } from 'lit';
import { milliseconds } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { statusBadge } from './icons.js';
import './phase-bar.js';

/** How a check went, in words and by phases; for `result` of `POST /api/services/test`. */
export const testResult = (result) => html`
  <div class="test-result">
    <p class="wrap">${statusBadge(result.status)} <span>${sentence(result)}</span></p>
    ${result.error?.text ? html`<p class="muted wrap">${result.error.text}</p>` : nothing}
    <phase-bar .result=${result}></phase-bar>
  </div>`;

/** One sentence, for a live region too. */
export function sentence(result) {
  const values = { time: milliseconds(result.responseTime), code: String(result.statusCode ?? '') };
  if (result.error) {
    return t('test.failed', { ...values, problem: t(`failure.${result.error.class}`) });
  }
  return t(result.statusCode ? 'test.answered' : 'test.done', values);
}
