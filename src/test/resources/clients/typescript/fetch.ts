// Twenty calls of the generated client; ends with an error where an answer is not as its types say.
import { ChecksApi, Configuration, KeysApi, OperationsApi, ResponseError, ServicesApi, SiteApi, StatusApi } from './index';

declare const process: { argv: string[]; exit(code: number): never };

const [url, key] = process.argv.slice(2);
const configuration = new Configuration({ basePath: url, accessToken: key });
const services = new ServicesApi(configuration);
const status = new StatusApi(configuration);
const checks = new ChecksApi(configuration);
let calls = 0;

async function call<T>(answer: Promise<T>): Promise<T> {
  calls++;
  return answer;
}

function same(seen: unknown, expected: unknown): void {
  if (JSON.stringify(seen) !== JSON.stringify(expected)) {
    throw new Error(`${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`);
  }
}

async function main(): Promise<void> {
  const name = 'Shop / EU';
  const target = `${url}/healthz`;
  const made = await call(services.createService({
    serviceFields: { name, url: target, description: 'The shop', timeout: 5000, labels: { team: 'shop' } },
  }));
  const id = made.service.id;
  same((await call(services.listServices())).services.length, 1);
  same((await call(services.getServiceById({ id }))).service.name, name);
  same((await call(services.getServiceByName({ name }))).service.id, id);
  const patched = await call(services.patchServiceById({ id, servicePatch: { description: 'Changed' } }));
  same([patched.service.description, patched.service.timeout, patched.service.labels], ['Changed', 5000, { team: 'shop' }]);
  const replaced = await call(services.replaceServiceById({ id, serviceFields: { name, url: target, interval: 3600 } }));
  same([replaced.service.description, replaced.service.interval], ['', 3600]);
  const round = await call(checks.pingServices({ service: [name] }));
  same(round.services[0].status, 'up');
  same((await call(status.getStatus())).services[0].lastChecked! > 1e12, true);
  const page = await call(status.getStatus({ limit: 10 }));
  same([page.matching, page.services[0].id], [1, id]);
  same((await call(status.getHistory({ serviceName: name }))).history.length > 0, true);
  same((await call(status.getUptime({ id: [id] }))).services[0].uptime.day, 1);
  same((await call(status.getResponseTimes({ service: name }))).points.length > 0, true);
  const batch = await call(services.applyServices({ serviceBatch: { services: [{ name: 'Two', url: target }] } }));
  same(batch.counts.created, 1);
  same((await call(status.getStatusChanges({ since: page.event! }))).services.some((entry) => entry.name === 'Two'), true);
  const made2 = await call(new KeysApi(configuration).createKey({ apiKeyFields: { name: 'reader' } }));
  same(made2.apiKey.createdAt > 1e12, true);
  same((await call(checks.setHistoryTtl({ setHistoryTtlRequest: { ttl: 604800 } }))).ttl, 604800);
  same((await call(new SiteApi(configuration).getSite())).siteName, 'OpenUptimes');
  same((await call(new OperationsApi(configuration).getNodes())).nodes.length, 1);
  const failed = await call(services.getServiceById({ id: 'nobody' }).catch((error: unknown) => error));
  same(failed instanceof ResponseError && (await failed.response.json()).status, 404);
  same((await call(services.deleteServiceByName({ name }))).undo.until > 1e12, true);
  console.log(`${calls} calls`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
