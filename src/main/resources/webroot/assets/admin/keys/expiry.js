// A key's expiry in the form's representation: a choice and the resulting date and time in the browser's time zone.

/** The presets, in days from now. */
const DAYS = { month: 30, quarter: 90, year: 365 };

export const CHOICES = ['never', ...Object.keys(DAYS), 'custom'];

export const NEVER = { choice: 'never', at: '' };

/** Maximum of a datetime-local input: a year has four digits. */
export const LATEST = '9999-12-31T23:59';

const two = (number) => String(number).padStart(2, '0');

/** A date as the value of a datetime-local input, to the minute. */
export const local = (date) =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;

/** The expiry after a new choice; a custom time starts from the current one. */
export function chosen(choice, { at }, now = new Date()) {
  if (choice === 'never') {
    return NEVER;
  }
  if (choice === 'custom' && at !== '') {
    return { choice, at };
  }
  const then = new Date(now);
  then.setDate(then.getDate() + (DAYS[choice] ?? DAYS.month)); // same time of day, regardless of DST changes
  return { choice, at: local(then) };
}

/** Epoch milliseconds; null for never, NaN if date or time is missing. */
export const epochOf = ({ choice, at }) => (choice === 'never' ? null : at === '' ? NaN : new Date(at).getTime());
