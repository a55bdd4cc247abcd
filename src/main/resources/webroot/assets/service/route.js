import { address, servicePage } from '../lib/api.js';

/** The name of the service that this page is of; null where the address names none. */
export function nameInAddress(at = location) {
  const given = new URLSearchParams(at.search).get('name');
  const path = at.pathname.slice(address('/services/').length);
  if (path === '-' && given !== null) {
    return given;
  }
  try {
    return decodeURIComponent(path) || null;
  } catch {
    return null; // not percent-encoded UTF-8: no service has such a name
  }
}

/** The service has another name now. The page stays: "back" leads to where the visitor came from. */
export function followRename(name) {
  history.replaceState(history.state, '', servicePage(name));
}
