const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** A typed address, trimmed, with `https://` added if it has no scheme; empty input stays empty. */
export function withScheme(typed) {
  const url = typed.trim();
  return url === '' || SCHEME.test(url) ? url : `https://${url}`;
}
