import { locale, t } from './i18n.js';

const times = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
const minutesOfDay = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const datesAndTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
const datesAndMinutes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
const hours = new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const datesAndHours = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
const zones = new Intl.DateTimeFormat(locale, { timeZoneName: 'short' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'long' });
const alternatives = new Intl.ListFormat(locale, { type: 'disjunction' });
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

const allOrNothing = new Intl.NumberFormat(locale, { style: 'percent' });
const hundredth = new Intl.NumberFormat(locale, {
  style: 'percent',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

const NO_BREAK = '\u00a0';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** Cached, since creating a format takes longer than using it a hundred times. */
const unitFormats = new Map(
  UNITS.map(([unit]) => [unit, new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })]),
);

export const number = (value) => whole.format(value);
export const decimal = (value) => one.format(value);

/** Such as `a, b or c`. */
export const either = (words) => alternatives.format(words);

const SHORT = 64;

/** A name for running text; a very long one is shortened in the middle. */
export function short(name) {
  const characters = [...name];
  return characters.length <= SHORT
    ? name
    : `${characters.slice(0, SHORT - 16).join('').trimEnd()}…${characters.slice(-15).join('').trimStart()}`;
}

/** The time of day if today, else date and time. */
export function time(epochMs) {
  const date = new Date(epochMs);
  return isToday(date) ? times.format(date) : datesAndTimes.format(date);
}

/** Like `time`, to the minute. */
export function clock(epochMs) {
  const date = new Date(epochMs);
  return isToday(date) ? minutesOfDay.format(date) : datesAndMinutes.format(date);
}

const isToday = (date) => date.toDateString() === new Date().toDateString();

export const dateTime = (epochMs) => datesAndTimes.format(new Date(epochMs));

/** Date and time to the minute. */
export const minute = (epochMs) => datesAndMinutes.format(new Date(epochMs));

/** A UTC day, as counted by the server. */
export const day = (epochMs) => days.format(new Date(epochMs));

export const hour = (epochMs) => hours.format(new Date(epochMs));

/** An hour of a day in the current year. */
export const dayAndHour = (epochMs) => datesAndHours.format(new Date(epochMs));

/** The abbreviation of the browser's time zone at that time: "CET", "GMT+1". */
export const zone = (epochMs) =>
  zones.formatToParts(new Date(epochMs)).find(({ type }) => type === 'timeZoneName').value;

/** "3 minutes ago", relative to `now`. */
export function ago(epochMs, now = Date.now()) {
  const [count, unit] = inLargestUnit(now - epochMs);
  return relative.format(-count, unit); // for 0 this is -0, which gives "0 seconds ago" instead of "in 0 seconds"
}

/** "in 3 minutes", relative to `now`. */
export function ahead(epochMs, now = Date.now()) {
  return relative.format(...inLargestUnit(epochMs - now));
}

/** A duration in its largest unit, rounded down, and that unit's name. */
function inLargestUnit(ms) {
  const length = Math.max(0, ms);
  const [name, size] = UNITS.find(([, ms]) => length >= ms) ?? UNITS.at(-1);
  return [Math.floor(length / size), name];
}

/** A duration in its largest and next smaller unit: "2 h 5 min", "40 d". */
export function duration(ms) {
  const passed = Math.max(0, ms);
  const largest = UNITS.findIndex(([unit, length]) => passed >= length || unit === 'second');
  let rest = passed;
  const parts = [];
  for (const [unit, length] of UNITS.slice(largest, largest + 2)) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0 || parts.length === 0) {
      parts.push(unitFormats.get(unit).format(count).replace(' ', NO_BREAK));
    }
  }
  return parts.join(' ');
}

/** A response time: "123 ms", or "12.3 s" from ten seconds on. */
export function milliseconds(ms) {
  return ms === null || ms === undefined
    ? t('none')
    : ms < 10_000
      ? `${whole.format(ms)}${NO_BREAK}ms`
      : `${one.format(ms / 1_000)}${NO_BREAK}s`;
}

/** A share from 0 to 1 as a percentage. Truncated, so that 100 % means never down. */
export function percent(share) {
  if (share === null || share === undefined) {
    return t('none');
  }
  const hundredths = Math.floor(share * 10_000 + 1e-9) / 10_000;
  return (share === 1 || share === 0 ? allOrNothing : hundredth).format(hundredths);
}
