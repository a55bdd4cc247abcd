import { t } from '../lib/i18n.js';
import { toast } from './toast.js';

const ALIKE = /^name: looks like "([^]*)"$/;
/** So many are named; of more, how many there are. */
const NAMED = 3;

/**
 * Shows what the server warned of although it saved services: names that look like those of others. It stays until it is
 * closed, for it asks for a decision.
 *
 * @param answers of the API, each with `service` and perhaps `warnings`
 */
export function warnAlike(answers) {
  const warned = answers.flatMap(({ service, warnings = [] }) => warnings.map((warning) => text(service.name, warning)));
  warned.slice(0, NAMED).forEach(show);
  if (warned.length > NAMED) {
    show(t('alike.more', { count: warned.length - NAMED }));
  }
}

function text(name, warning) {
  const other = ALIKE.exec(warning)?.[1];
  return other === undefined ? warning : t('alike', { name, other });
}

const show = (text) => toast(text, { kind: 'info', seconds: Infinity });
