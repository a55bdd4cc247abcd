// The history's filters, kept in its address.

const HOUR = 3_600_000;

/** Length of each period ending now, in milliseconds; null for the whole history. */
export const PERIODS = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR, all: null };
export const FAILURES = ['timeout', 'dns', 'connect', 'tls', 'status', 'redirect', 'protocol', 'denied', 'unknown'];

const epoch = (text) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : null);

/** `from` and `to` (epoch milliseconds, null for open-ended) apply if `period` is `own`. */
export function readView(search = location.search) {
  const given = new URLSearchParams(search);
  const from = epoch(given.get('from'));
  const to = epoch(given.get('to'));
  const period = given.get('period');
  const error = given.get('error');
  const status = given.get('status');
  return {
    service: given.get('service') ?? '',
    period: from !== null || to !== null || period === 'own' ? 'own' : period in PERIODS ? period : 'day',
    from,
    to,
    status: ['up', 'down'].includes(status) ? status : null,
    error: FAILURES.includes(error) && status !== 'up' ? error : null,
  };
}

export function viewAddress({ service, period, from, to, status, error }) {
  const query = new URLSearchParams();
  const values = { service, period: period === 'day' ? null : period, ...(period === 'own' ? { from, to } : {}), status, error };
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== '') {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return location.pathname + (text ? `?${text}` : '');
}

/** The query parameters of `/api/history`. `now` fixes the start of the period so that pages are consistent. */
export function asQuery({ service, period, from, to, status, error }, now) {
  const range = period === 'own' ? { from, to } : { from: PERIODS[period] === null ? null : now - PERIODS[period] };
  return { service, ...range, status, error };
}

const two = (value) => String(value).padStart(2, '0');

/** The value of a datetime-local input, in the browser's time zone. */
export function toLocal(epochMs) {
  if (epochMs === null) {
    return '';
  }
  const date = new Date(epochMs);
  return (
    `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}` +
    `T${two(date.getHours())}:${two(date.getMinutes())}`
  );
}

export function fromLocal(text) {
  const epochMs = text === '' ? NaN : new Date(text).getTime();
  return Number.isNaN(epochMs) || epochMs < 0 ? null : epochMs;
}
