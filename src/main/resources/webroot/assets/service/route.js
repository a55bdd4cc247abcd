import { address, servicePage } from '../lib/api.js';

/** The service's name from the address; null if there is none. */
export function nameInAddress(at = location) {
  const given = new URLSearchParams(at.search).get('name');
  const path = at.pathname.slice(address('/services/').length);
  if (path === '-' && given !== null) {
    return given;
  }
  try {
    return decodeURIComponent(path) || null;
  } catch {
    return null; // not percent-encoded UTF-8, so not the name of any service
  }
}

/** Updates the address after a rename, without adding a history entry. */
export function followRename(name) {
  history.replaceState(history.state, '', servicePage(name));
}
