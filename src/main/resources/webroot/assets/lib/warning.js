import { has, t } from './i18n.js';

/** A warning of a service in words; one that these pages do not know in the server's own. */
export function warningText({ code, message, days }) {
  const key = `warning.${code}`;
  if (!has(key)) {
    return message;
  }
  return days < 0 ? t(`${key}.over`, { count: -days }) : days === 0 ? t(`${key}.today`) : t(key, { count: days });
}
