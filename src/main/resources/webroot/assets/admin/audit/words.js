import { has, t } from '../../lib/i18n.js';

/** Actions by `operationId`, plus `loadServicesFile` (not a request) and `folded` (several actions in one entry). */
export const ACTIONS = [
  'createService', 'replaceService', 'patchService', 'deleteService', 'restoreService', 'applyServices',
  'loadServicesFile', 'folded', 'setHistoryTtl', 'clearHistory', 'changeSite', 'createKey', 'revokeKey', 'rotateSecrets',
  'login', 'logout', 'endSessions', 'changePassword', 'completeSetup',
];

/** Falls back to the raw name, since the server may know newer actions and callers than these texts. */
const word = (kind, name) => (has(`audit.${kind}.${name}`) ? t(`audit.${kind}.${name}`) : name);

export const actionWord = (action) => word('action', action);

/**
 * The caller: its kind, or the API key's name and prefix. Names are not unique; prefixes are.
 *
 * @param by kind of caller, or prefix of the key
 * @param names key names by prefix
 */
export const byWord = (by, names) =>
  !by.startsWith('ou_') ? word('by', by) : names.has(by) ? `${names.get(by)} (${by}…)` : `${by}…`;
