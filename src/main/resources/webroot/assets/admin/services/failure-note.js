import { html, nothing } from 'lit';
import { hideTip, showTip } from '../../components/tip.js';
import { failureWord } from '../../lib/failure.js';
import { dateTime } from '../../lib/format.js';
import { t } from '../../lib/i18n.js';

/** Why a service is down, in a word or two, with the details in a tip. Nothing for a service that is not down. */
export function failureNote({ status, error, since, statusCode }, paused) {
  if (status !== 'down' || paused || !error) {
    return nothing;
  }
  const word = failureWord(error);
  const short = error.class === 'status' && statusCode ? t('services.failure.status', { code: String(statusCode) }) : word;
  const lines = [word, error.text, since ? t('services.failure.since', { time: dateTime(since) }) : null].filter(Boolean);
  const show = ({ currentTarget }) => showTip(currentTarget, () => currentTarget.getBoundingClientRect(), lines);
  const hide = ({ currentTarget }) => hideTip(currentTarget);
  return html`<button type="button" class="reason ellipsis" data-control="reason" @click=${show} @focus=${show}
    @pointerenter=${show} @blur=${hide} @pointerleave=${hide}>${short}<span class="visually-hidden">: ${lines.slice(1).join(', ')}</span></button>`;
}
