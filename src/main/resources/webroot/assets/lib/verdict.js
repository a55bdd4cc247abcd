import { html, nothing } from 'lit';
import { has, t } from './i18n.js';

// What a service's entry says beside up and down. For each there is a word, so that nothing relies on colour.

/** The status to show: `paused`, `degraded` for a service that is up, but not as it should be, or its status. */
export const shownStatus = ({ status, degraded }, paused = false) =>
  paused ? 'paused' : status === 'up' && degraded ? 'degraded' : status;

/** The status in a word. Unknown with a reason is not "not checked yet". */
export const statusWord = (entry, paused = false) =>
  !paused && unknownReason(entry) ? t('status.unknown.now') : t(`status.${shownStatus(entry, paused)}`);

/** Why the status is unknown, or null if it is known, or for lack of a check. */
export function unknownReason({ status, reason }) {
  const key = `reason.${reason}`;
  return status === 'unknown' && has(key) ? t(key) : null;
}

/** Why services are unknown, of those counted: the reasons in words, none if all merely await their first check. */
export const reasonsCounted = ({ reasons = {} }) =>
  Object.keys(reasons).filter((reason) => reasons[reason] > 0 && has(`reason.${reason}`)).map((reason) => t(`reason.${reason}`));

/** Why the service is degraded; null if it is not. The server's word for classes newer than the texts. */
export function degradedReason({ degraded, degradedBy }) {
  const key = `degraded.${degradedBy?.class}`;
  return degraded && degradedBy ? (has(key) ? t(key) : degradedBy.class) : null;
}

/** What qualifies the status: `[word, explanation]` each. */
export function qualifications({ status, confirming, flapping }) {
  const all = [];
  if (confirming) {
    const key = `status.confirming.${status}`;
    all.push([t('status.confirming'), t(has(key) ? key : 'status.confirming.text')]);
  }
  if (flapping) {
    all.push([t('status.flapping'), t('status.flapping.text')]);
  }
  return all;
}

/** The same in a line after the status. */
export const qualified = (entry, paused = false) =>
  paused ? nothing : qualifications(entry).map(([word, text]) => html` · <span class="qualified" title=${text}>${word}</span>`);
