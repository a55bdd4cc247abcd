import { toast } from '../../components/toast.js';
import { t } from '../../lib/i18n.js';

const ALIKE = /^name: looks like "([^]*)"$/;
const SECONDS = 15;

/** Shows what the server warned of although it saved a service: a name that looks like another's. */
export function warnAlike(warnings) {
  for (const warning of warnings) {
    const other = ALIKE.exec(warning)?.[1];
    toast(other === undefined ? warning : t('services.alike', { other }), { kind: 'info', seconds: SECONDS });
  }
}
