import { locale } from '../lib/i18n.js';

const DAY_S = 86_400;

const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const minutes = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', second: '2-digit' });

/**
 * Axis labels in the visitor's language and time zone: times, with the date below the first of each day; only dates if
 * the ticks are days apart.
 *
 * @param splits the ticks, seconds
 * @param apart distance between ticks, seconds
 */
export function timeLabels(splits, apart) {
  let before = null;
  return splits.map((split) => {
    const day = days.format(split * 1_000);
    if (apart >= DAY_S) {
      return day;
    }
    const time = (apart < 60 ? seconds : minutes).format(split * 1_000);
    const label = day === before ? time : `${time}\n${day}`;
    before = day;
    return label;
  });
}
