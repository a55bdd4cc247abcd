// Twenty calls of openapi-fetch over the types of openapi-typescript; ends with an error where an answer is not as they say.
import createClient from 'openapi-fetch';
import type { paths } from './api';

declare const process: { argv: string[]; exit(code: number): never };

const [url, key] = process.argv.slice(2);
const api = createClient<paths, 'application/json'>({ baseUrl: url, headers: { Authorization: `Bearer ${key}` } });
let calls = 0;

async function call<T>(answer: Promise<{ data?: T; error?: unknown }>): Promise<T> {
  calls++;
  const { data, error } = await answer;
  if (data === undefined) {
    throw new Error(JSON.stringify(error));
  }
  return data;
}

function same(seen: unknown, expected: unknown): void {
  if (JSON.stringify(seen) !== JSON.stringify(expected)) {
    throw new Error(`${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`);
  }
}

// compiled and not called
export const nameless = () => api.POST('/api/services', {
  // @ts-expect-error a name is required for a new service
  body: { url },
});

async function main(): Promise<void> {
  const name = 'Shop / EU';
  const target = `${url}/healthz`;
  const made = await call(api.POST('/api/services', {
    body: { name, url: target, description: 'The shop', timeout: 5000, labels: { team: 'shop' } },
  }));
  const id: string = made.service.id;
  const byId = { params: { path: { id } } };
  const byName = { params: { path: { name } } };
  same((await call(api.GET('/api/services'))).services.length, 1);
  same((await call(api.GET('/api/services/{id}', byId))).service.name, name);
  same((await call(api.GET('/api/services/by-name/{name}', byName))).service.id, id);
  const patched = await call(api.PATCH('/api/services/{id}', { ...byId, body: { description: 'Changed' } }));
  same([patched.service.description, patched.service.timeout, patched.service.labels], ['Changed', 5000, { team: 'shop' }]);
  const replaced = await call(api.PUT('/api/services/{id}', { ...byId, body: { name, url: target, interval: 3600 } }));
  same([replaced.service.description, replaced.service.interval], ['', 3600]);
  const round = await call(api.GET('/api/ping', { params: { query: { service: [name] } } }));
  same(round.services[0].status, 'up');
  const lastChecked: number | null = (await call(api.GET('/api/status'))).services[0].lastChecked;
  same(lastChecked! > 1e12, true);
  const page = await call(api.GET('/api/status', { params: { query: { limit: 10 } } }));
  same([page.matching, page.services[0].id], [1, id]);
  const history = await call(api.GET('/api/history/{serviceName}', { params: { path: { serviceName: name } } }));
  same(history.history.length > 0, true);
  const uptime = await call(api.GET('/api/uptime', { params: { query: { id: [id] } } }));
  same(uptime.services[0].uptime.day, 1);
  const times = await call(api.GET('/api/response-times', { params: { query: { service: name } } }));
  same(times.points.length > 0, true);
  const batch = await call(api.PUT('/api/services/bulk', { body: { services: [{ name: 'Two', url: target }] } }));
  same(batch.counts.created, 1);
  const changes = await call(api.GET('/api/status/changes', { params: { query: { since: page.event! } } }));
  same(changes.services.some((entry) => entry.name === 'Two'), true);
  same((await call(api.POST('/api/keys', { body: { name: 'reader' } }))).apiKey.createdAt > 1e12, true);
  same((await call(api.PATCH('/api/ping-history/ttl', { body: { ttl: 604800 } }))).ttl, 604800);
  same((await call(api.GET('/api/site'))).siteName, 'OpenUptimes');
  same((await call(api.GET('/api/nodes'))).nodes.length, 1);
  calls++;
  const failed = await api.GET('/api/services/{id}', { params: { path: { id: 'nobody' } } });
  const status: number | undefined = failed.error?.status;
  same([failed.response.status, status], [404, 404]);
  same((await call(api.DELETE('/api/services/by-name/{name}', byName))).undo.until > 1e12, true);
  console.log(`${calls} calls`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
