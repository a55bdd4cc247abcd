"""Twenty calls of the generated client; fails where an answer is not as its types say."""
import sys

import openapi_client as api

url, key = sys.argv[1:]
client = api.ApiClient(api.Configuration(host=url, access_token=key))
services, status, checks = api.ServicesApi(client), api.StatusApi(client), api.ChecksApi(client)
calls = 0


def call(operation, *arguments, **named):
    global calls
    calls += 1
    return operation(*arguments, **named)


name, target = 'Shop / EU', url + '/healthz'
made = call(services.create_service, api.ServiceFields(
    name=name, url=target, description='The shop', timeout=5000, labels={'team': 'shop'}))
id = made.service.id
assert len(call(services.list_services).services) == 1
assert call(services.get_service_by_id, id).service.name == name
assert call(services.get_service_by_name, name).service.id == id
patched = call(services.patch_service_by_id, id, api.ServicePatch(description='Changed')).service
assert (patched.description, patched.timeout, patched.labels) == ('Changed', 5000, {'team': 'shop'}), patched
replaced = call(services.replace_service_by_id, id, api.ServiceFields(name=name, url=target, interval=3600)).service
assert (replaced.description, replaced.interval) == ('', 3600), replaced
assert call(checks.ping_services, service=[name]).services[0].status == 'up'
assert call(status.get_status).services[0].last_checked > 10 ** 12
page = call(status.get_status, limit=10)
assert page.matching == 1 and page.services[0].id == id
assert call(status.get_history, name).history
assert call(checks.get_history_ttl).ttl > 0  # no uptime: this generator takes no null in a list
assert call(status.get_response_times, name).points
batch = api.ServiceBatch(services=[api.ServiceFields(name='Two', url=target)])
assert call(services.apply_services, batch).counts.created == 1
# no changes: this generator loses what may be null in the parts of an allOf, so a service before its first check is refused
assert call(status.list_transitions).cursor
assert call(api.KeysApi(client).create_key, api.ApiKeyFields(name='reader')).api_key.created_at > 10 ** 12
assert call(checks.set_history_ttl, api.SetHistoryTtlRequest(ttl=604800)).ttl == 604800
assert call(api.SiteApi(client).get_site).site_name == 'OpenUptimes'
assert len(call(api.OperationsApi(client).get_nodes).nodes) == 1
try:
    call(services.get_service_by_id, 'nobody')
    raise AssertionError('no error')
except api.ApiException as error:
    assert error.status == 404 and '"status":404' in error.body, error
assert call(services.delete_service_by_name, name).undo.until > 10 ** 12
print(calls, 'calls')
