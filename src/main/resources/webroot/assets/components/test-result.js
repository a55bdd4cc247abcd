import { html, nothing } from 'lit';
import { milliseconds } from '../lib/format.js';
import { t } from '../lib/i18n.js';
import { attemptsInWords } from '../lib/attempts.js';
import { failureWord } from '../lib/failure.js';
import { degradedReason, shownStatus } from '../lib/verdict.js';
import { statusBadge } from './icons.js';
import { peerLine } from './peer-line.js';
import './phase-bar.js';

const DENIED = 'denied';
const RULE = /^denied by egress policy: (.+)$/s;
/** Blocked regardless of settings. */
const OWN_REDIS = 'own Redis';

/** The outcome of a check as text and phases, from `result` of `POST /api/services/test`. */
export const testResult = (result) => html`
  <div class="test-result">
    <p class="wrap">${statusBadge(shownStatus(result))} <span>${sentence(result)}</span></p>
    ${result.error ? detail(result.error) : nothing}
    ${result.degraded ? html`<p class="muted wrap">${degradedReason(result)}: ${result.degradedBy?.text}</p>` : nothing}
    ${result.attempts?.length ? html`<p class="muted wrap">${attemptsInWords(result)}</p>` : nothing} ${peerLine(result)}
    ${result.error?.class === DENIED ? nothing : html`<phase-bar .result=${result}></phase-bar>`}
  </div>`;

/** One sentence, also suitable for a live region. */
export function sentence(result) {
  const values = { time: milliseconds(result.responseTime), code: String(result.statusCode ?? '') };
  if (result.error) {
    return result.error.class === DENIED ? t('test.denied') : t('test.failed', { ...values, problem: failureWord(result.error) });
  }
  return t(result.statusCode ? 'test.answered' : 'test.done', values);
}

/** The server names the rule only to callers with write access. */
function detail(error) {
  if (error.class !== DENIED) {
    return error.text ? html`<p class="muted wrap">${error.text}</p>` : nothing;
  }
  const rule = RULE.exec(error.text)?.[1];
  return html`<p class="muted wrap">${rule ? t('test.denied.rule', { rule }) : t('test.denied.policy')}
    ${rule === OWN_REDIS ? nothing : t('test.denied.allow')}</p>`;
}
