import { t } from '../lib/i18n.js';
import { toast } from './toast.js';

const ALIKE = /^name: looks like "([^]*)"$/;
/** Warnings listed by name; beyond that, only their number is shown. */
const NAMED = 3;

/**
 * Warns about similar names after services were saved. The warning stays until closed, since it needs a decision.
 *
 * @param answers of the API, each with `service` and optional `warnings`
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
