"""Calls of the generated client; fails where an answer is not as its types say."""
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
report = call(status.get_uptime, id=[id]).services[0]
means = report.hours.response_time  # one or two of the 24 hours had checks
assert report.uptime.day == 1 and 22 <= means.count(None) < len(means) == 24, report
assert call(status.get_response_times, name).points
batch = api.ServiceBatch(services=[api.ServiceFields(name='Two', url=target, paused=True)])  # so it is never checked
assert call(services.apply_services, batch).counts.created == 1
two = next(each for each in call(status.get_status_changes, page.event).services if each.name == 'Two')
assert (two.last_checked, two.response_time, two.status_code, two.since) == (None, None, None, None), two
assert call(services.test_service, api.ServiceTrial(url=target.replace('http:', 'https:'))).result.status_code is None
assert call(api.KeysApi(client).create_key, api.ApiKeyFields(name='reader')).api_key.created_at > 10 ** 12
assert call(checks.set_history_ttl, api.SetHistoryTtlRequest(ttl=604800)).ttl == 604800
site = api.SiteApi(client)
assert call(site.get_site).site_name == 'OpenUptimes'
changed = call(site.change_site, api.ChangeSiteRequest(footer='Changed'))
assert (changed.footer, changed.accent, changed.logo) == ('Changed', None, None), changed
assert len(call(api.OperationsApi(client).get_nodes).nodes) == 1
try:
    call(services.get_service_by_id, 'nobody')
    raise AssertionError('no error')
except api.ApiException as error:
    assert error.status == 404 and '"status":404' in error.body, error
assert call(services.delete_service_by_name, name).undo.until > 10 ** 12
print(calls, 'calls')
