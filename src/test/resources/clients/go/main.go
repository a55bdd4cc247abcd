// Twenty calls of the generated client; ends with an error where an answer is not as its types say.
package main

import (
	"context"
	"fmt"
	"os"
	"reflect"

	api "github.com/GIT_USER_ID/GIT_REPO_ID"
)

var calls int

// answer is what a call returned, if it went well.
func answer[T any](value *T, _ any, err error) *T {
	calls++
	if err != nil {
		if failed, ok := err.(*api.GenericOpenAPIError); ok {
			panic(fmt.Sprint(err, ": ", string(failed.Body())))
		}
		panic(err)
	}
	return value
}

func same(seen, expected any) {
	if !reflect.DeepEqual(seen, expected) {
		panic(fmt.Sprintf("%v instead of %v", seen, expected))
	}
}

func main() {
	url := os.Args[1]
	configuration := api.NewConfiguration()
	configuration.Servers = api.ServerConfigurations{{URL: url}}
	client := api.NewAPIClient(configuration)
	services, status, checks := client.ServicesAPI, client.StatusAPI, client.ChecksAPI
	ctx := context.WithValue(context.Background(), api.ContextAccessToken, os.Args[2])

	name, target := "Shop / EU", url+"/healthz"
	fields := api.NewServiceFields(name, target)
	fields.SetDescription("The shop")
	fields.SetTimeout(5000)
	fields.SetLabels(map[string]string{"team": "shop"})
	id := answer(services.CreateService(ctx).ServiceFields(*fields).Execute()).Service.Id
	same(len(answer(services.ListServices(ctx).Execute()).Services), 1)
	same(answer(services.GetServiceById(ctx, id).Execute()).Service.Name, name)
	same(answer(services.GetServiceByName(ctx, name).Execute()).Service.Id, id)
	patch := api.NewServicePatch()
	patch.SetDescription("Changed")
	patched := answer(services.PatchServiceById(ctx, id).ServicePatch(*patch).Execute()).Service
	same([]any{patched.Description, patched.Timeout, patched.Labels}, []any{"Changed", int32(5000), map[string]string{"team": "shop"}})
	whole := api.NewServiceFields(name, target)
	whole.SetInterval(3600)
	replaced := answer(services.ReplaceServiceById(ctx, id).ServiceFields(*whole).Execute()).Service
	same([]any{replaced.Description, replaced.GetInterval()}, []any{"", int32(3600)})
	same(answer(checks.PingServices(ctx).Service([]string{name}).Execute()).Services[0].Status, "up")
	same(answer(status.GetStatus(ctx).Execute()).Services[0].GetLastChecked() > 1e12, true)
	page := answer(status.GetStatus(ctx).Limit(10).Execute())
	same([]any{page.GetMatching(), page.Services[0].GetId()}, []any{int32(1), id})
	same(len(answer(status.GetHistory(ctx, name).Execute()).History) > 0, true)
	same(answer(status.GetUptime(ctx).Id([]string{id}).Execute()).Services[0].Uptime.GetDay(), float64(1))
	same(len(answer(status.GetResponseTimes(ctx).Service(name).Execute()).Points) > 0, true)
	batch := api.NewServiceBatch([]api.ServiceFields{*api.NewServiceFields("Two", target)})
	same(int(answer(services.ApplyServices(ctx).ServiceBatch(*batch).Execute()).Counts.Created), 1)
	same(len(answer(status.GetStatusChanges(ctx).Since(page.GetEvent()).Execute()).Services) > 0, true)
	key := answer(client.KeysAPI.CreateKey(ctx).ApiKeyFields(*api.NewApiKeyFields("reader")).Execute())
	same(key.ApiKey.CreatedAt > 1e12, true)
	ttl := api.NewSetHistoryTtlRequest(604800)
	same(answer(checks.SetHistoryTtl(ctx).SetHistoryTtlRequest(*ttl).Execute()).Ttl, int32(604800))
	same(answer(client.SiteAPI.GetSite(ctx).Execute()).SiteName, "OpenUptimes")
	same(len(answer(client.OperationsAPI.GetNodes(ctx).Execute()).Nodes), 1)
	calls++
	_, response, err := services.GetServiceById(ctx, "nobody").Execute()
	same(response.StatusCode, 404)
	same(err.(*api.GenericOpenAPIError).Model().(api.Error).Status, int32(404))
	same(answer(services.DeleteServiceByName(ctx, name).Execute()).Undo.Until > 1e12, true)
	fmt.Println(calls, "calls")
}
