import { has, t } from './i18n.js';

/** A service's warning in words; falls back to the server's message for unknown codes. */
export function warningText({ code, message, days }) {
  const key = `warning.${code}`;
  if (!has(key)) {
    return message;
  }
  return days < 0 ? t(`${key}.over`, { count: -days }) : days === 0 ? t(`${key}.today`) : t(key, { count: days });
}
