const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** An address as it was typed, trimmed, with `https://` before it where it names no scheme; nothing stays nothing. */
export function withScheme(typed) {
  const url = typed.trim();
  return url === '' || SCHEME.test(url) ? url : `https://${url}`;
}
