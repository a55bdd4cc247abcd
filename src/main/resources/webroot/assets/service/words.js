// Describes the points of the chart in words.
import { milliseconds } from '../lib/format.js';
import { locale, t } from '../lib/i18n.js';
import { lengthOf } from './points.js';

const minutes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const seconds = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });

export const moment = (epochMs) => minutes.format(epochMs);

export const span = (from, to) => (to - from < 600_000 ? seconds : minutes).formatRange(from, to);

export function timeOf(point, step, end) {
  const length = lengthOf(point, step);
  const until = Math.max(point.timestamp, Math.min(point.timestamp + length, end));
  return (length < 60_000 ? seconds : minutes).formatRange(point.timestamp, until);
}

/** "median 123 ms, 95 % within 240 ms, 1 of 7 checks failed" */
export function saying({ checks, up, p50, p95 }) {
  const failed = checks - up;
  if (checks === 1) {
    return failed ? t('service.point.failed') : milliseconds(p50);
  }
  const parts = [];
  if (p50 !== null) {
    parts.push(t('service.point.times', { median: milliseconds(p50), high: milliseconds(p95) }));
  }
  parts.push(failed ? t('service.point.failures', { failed, count: checks }) : t('service.point.checks', { count: checks }));
  return parts.join(', ');
}

/** The chart in one or two sentences. */
export function summary({ checks, failed, min, typical, max }, { from, to }) {
  const time = span(from, to);
  if (checks === 0) {
    return t('service.chart.empty', { time });
  }
  const first =
    typical === null
      ? t('service.chart.all.failed', { time, count: checks })
      : t('service.chart.summary', { time, typical: milliseconds(typical), min: milliseconds(min), max: milliseconds(max) });
  return typical === null
    ? first
    : `${first} ${t(failed ? 'service.chart.failed' : 'service.chart.none.failed', { failed, count: checks })}`;
}
