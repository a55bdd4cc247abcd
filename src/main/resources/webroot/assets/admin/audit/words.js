import { has, t } from '../../lib/i18n.js';

/** By their `operationId`; no request makes `loadServicesFile`, and `folded` stands for many. */
export const ACTIONS = [
  'createService', 'replaceService', 'patchService', 'deleteService', 'restoreService', 'applyServices',
  'loadServicesFile', 'folded', 'setHistoryTtl', 'clearHistory', 'changeSite', 'createKey', 'revokeKey', 'rotateSecrets',
  'login', 'logout', 'endSessions', 'changePassword', 'completeSetup',
];

/** The server may name actions and kinds of callers that are newer than these texts. */
const word = (kind, name) => (has(`audit.${kind}.${name}`) ? t(`audit.${kind}.${name}`) : name);

export const actionWord = (action) => word('action', action);

/**
 * Who it was: the kind of caller, or the key by its name, which others may have too, and its prefix.
 *
 * @param by kind or prefix of the key
 * @param names of keys by their prefixes
 */
export const byWord = (by, names) =>
  !by.startsWith('ou_') ? word('by', by) : names.has(by) ? `${names.get(by)} (${by}…)` : `${by}…`;
