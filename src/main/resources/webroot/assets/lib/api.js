// All access to the server goes through its public API, in this module.

const TIMEOUT_MS = 30_000;

/**
 * An error response, or none: `status` is 0 if the server was not reached. `field` is invalid, with the `code` of its
 * problem and the code's details (`min`, `max`, `allowed`, `with`). `problems` are the first problems of a bulk request,
 * as listed by the API, and `total` is the number of all.
 */
export class ApiError extends Error {
  constructor(status, message, retryAfter = 0) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
    this.field = null;
    this.problem = message;
  }
}

/** The CSRF token of the session; null if not signed in. */
let csrfToken = null;

export function useSession(session) {
  csrfToken = session?.csrfToken ?? null;
}

let signInAgain = null;

/**
 * @param ask called when the session has ended: returns a promise of whether the user signed in again, in which case
 *     the failed request is sent once more
 */
export function onSessionEnd(ask) {
  signInAgain = ask;
}

/** Whether a session exists. Takes over its CSRF token; another tab may have started it. */
export async function findSession() {
  const session = await sendOnce('GET', '/api/auth/session');
  useSession(session.authenticated ? session : null);
  return session.authenticated;
}

/** The service's base path, derived from this file's URL, since it may be mounted below a path. Ends with a slash. */
const MOUNT = new URL('../../..', import.meta.url).pathname;

/**
 * The URL of one of the service's paths, such as `/admin`, with query parameters; a list becomes repeated parameters,
 * null and undefined are left out. Pages must use this for every URL.
 */
export function address(path, query = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined) {
        parameters.append(name, one);
      }
    }
  }
  const text = parameters.toString();
  const whole = MOUNT + path.slice(1);
  return text ? `${whole}?${text}` : whole;
}

/**
 * Sends a request and returns the response's JSON.
 *
 * @param options `acts` marks a GET with side effects, which sends the CSRF token like other methods; `accept` is a
 *     response type other than JSON, returned as a Blob; `content` is a body other than JSON, as `data` and `type`;
 *     `headers` are sent in addition
 * @throws ApiError for every error response, and if there is no response
 * @throws AbortError if `signal` aborts
 */
export async function send(method, path, options = {}) {
  const before = csrfToken;
  try {
    return await sendOnce(method, path, options);
  } catch (e) {
    if (options.bearer || !before || !(await mayRepeat(e, before))) {
      throw e;
    }
    return sendOnce(method, path, options);
  }
}

/** Whether a rejected request may be repeated: with the token of another tab's session, or after signing in again. */
async function mayRepeat(error, before) {
  if (error.status !== 401 && error.status !== 403) {
    return false;
  }
  if (await findSession().catch(() => true)) {
    return csrfToken !== before;
  }
  window.dispatchEvent(new Event('signed-out'));
  return signInAgain !== null && signInAgain();
}

async function sendOnce(method, path, { query, body, content: other, headers: more, signal, bearer, acts, accept, timeout = TIMEOUT_MS } = {}) {
  const headers = { ...more };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  } else if (other) {
    headers['Content-Type'] = other.type;
  }
  if (accept) {
    headers.Accept = accept;
  }
  if (bearer) {
    headers.Authorization = `Bearer ${bearer}`;
  } else if (csrfToken && (acts || method !== 'GET')) {
    headers['X-CSRF-Token'] = csrfToken;
  }
  const limit = AbortSignal.timeout(timeout);
  let response;
  let content;
  try {
    response = await fetch(address(path, query), {
      method,
      headers,
      body: body === undefined ? other?.data : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      cache: 'no-store',
    });
    content = await (accept && response.ok ? response.blob() : response.text());
  } catch (e) {
    if (signal?.aborted) {
      throw e;
    }
    throw new ApiError(0, String(e?.message ?? e));
  }
  return content instanceof Blob ? content : answer(response, content);
}

function answer(response, text) {
  let json = null;
  try {
    json = JSON.parse(text);
  } catch {
    // not from this server; possibly a proxy's error page
  }
  if (!response.ok || json === null) {
    const retryAfter = Number(response.headers.get('Retry-After') ?? 0);
    const error = new ApiError(response.status, json?.message ?? `HTTP ${response.status}`, retryAfter);
    throw Object.assign(error, detailsOf(json), { problems: json?.problems ?? null, total: json?.total ?? 0 });
  }
  return json;
}

/** The members of an error response or problem that describe an invalid field. */
function detailsOf(json) {
  if (!json?.field) {
    return {};
  }
  const { field, message, code, min, max, allowed, with: other } = json;
  return { field, code, min, max, allowed, with: other, problem: message.slice(field.length + 2) };
}

export const get = (path, query, options) => send('GET', path, { ...options, query });

/** The URL of a service's page; a path cannot contain the names "." and "..". */
export function servicePage(name) {
  return name === '.' || name === '..'
    ? address('/services/-', { name })
    : address(`/services/${encodeURIComponent(name)}`);
}
