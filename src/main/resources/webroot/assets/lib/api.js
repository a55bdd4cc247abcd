// All that the pages know of the server goes through its public API, here.

const TIMEOUT_MS = 30_000;

/** An answer that is none, or an error. `status` is 0 where the server was not reached; `field` is the one a 400 names;
 * `problems` are those of the first of many services, as the API lists them, and `total` says how many there are. */
export class ApiError extends Error {
  constructor(status, message, retryAfter = 0) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
    const named = status === 400 ? /^(headers\..+?|[\w.]+(?:, [\w.]+)*)(?:\[\d+\])?: (.*)$/s.exec(message) : null;
    this.field = named ? named[1] : null;
    this.problem = named ? named[2] : message;
  }
}

/** The token that goes with the session's cookie; null where nobody is signed in. */
let csrfToken = null;

export function useSession(session) {
  csrfToken = session?.csrfToken ?? null;
}

let signInAgain = null;

/**
 * @param ask called when the session has ended: gives a promise of whether somebody has signed in again; the request
 *     that met it is sent once more then, so that nothing has to be typed or pressed twice
 */
export function onSessionEnd(ask) {
  signInAgain = ask;
}

/** Whether somebody is signed in. Takes over the token of the session, which another tab may have begun. */
export async function findSession() {
  const session = await sendOnce('GET', '/api/auth/session');
  useSession(session.authenticated ? session : null);
  return session.authenticated;
}

/** Where the service is, by this file's own address: it may be reached below a path. Ends with a slash. */
const MOUNT = new URL('../../..', import.meta.url).pathname;

/**
 * The address of one of the service's paths, such as `/admin`, with query parameters; a list is given as repeated
 * parameters, null and undefined are left out. No page writes such an address by itself.
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
 * Sends a request and gives its answer's JSON.
 *
 * @param options `acts` is set for a GET that changes something, which takes the session's token as other methods do;
 *     `accept` is the type of an answer other than JSON, which is given as a Blob; `content` is a body other than JSON,
 *     its `data` and `type`; `headers` are sent, too
 * @throws ApiError for every answer that is an error, and where there is none
 * @throws AbortError where `signal` says so
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

/** Whether what was refused by that error will do now: with the token of another tab's session, or after signing in again. */
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
    // not ours: a proxy's page, perhaps
  }
  if (!response.ok || json === null) {
    const retryAfter = Number(response.headers.get('Retry-After') ?? 0);
    const error = new ApiError(response.status, json?.message ?? `HTTP ${response.status}`, retryAfter);
    throw Object.assign(error, { problems: json?.problems ?? null, total: json?.total ?? 0 });
  }
  return json;
}

export const get = (path, query, options) => send('GET', path, { ...options, query });

/** The page of a service; a path cannot carry the names "." and "..". */
export function servicePage(name) {
  return name === '.' || name === '..'
    ? address('/services/-', { name })
    : address(`/services/${encodeURIComponent(name)}`);
}
