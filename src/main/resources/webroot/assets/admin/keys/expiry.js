// When a key expires, as a form holds it: a choice, and the date and time that it stands for, in the browser's time zone.

/** The usual choices, by how many days from now they are. */
const DAYS = { month: 30, quarter: 90, year: 365 };

export const CHOICES = ['never', ...Object.keys(DAYS), 'custom'];

export const NEVER = { choice: 'never', at: '' };

/** The latest that a field of date and time takes, with four digits for the year. */
export const LATEST = '9999-12-31T23:59';

const two = (number) => String(number).padStart(2, '0');

/** An instant as a field of date and time holds it, to the minute. */
export const local = (date) =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;

/** The expiry after another choice; a time of one's own begins with the one that stands there. */
export function chosen(choice, { at }, now = new Date()) {
  if (choice === 'never') {
    return NEVER;
  }
  if (choice === 'custom' && at !== '') {
    return { choice, at };
  }
  const then = new Date(now);
  then.setDate(then.getDate() + (DAYS[choice] ?? DAYS.month)); // the same time of day, whatever the clocks do
  return { choice, at: local(then) };
}

/** Epoch milliseconds; null for never, NaN where date or time is missing. */
export const epochOf = ({ choice, at }) => (choice === 'never' ? null : at === '' ? NaN : new Date(at).getTime());
