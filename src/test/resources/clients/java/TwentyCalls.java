import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openapitools.client.ApiException;
import org.openapitools.client.model.*;

/** Twenty calls of a generated client; ends with an error where an answer is not as its types say. */
public class TwentyCalls extends Client {

    private TwentyCalls(String url, String key) {
        super(url, key);
    }

    public static void main(String[] arguments) throws Exception {
        try (TwentyCalls client = new TwentyCalls(arguments[0], arguments[1])) {
            client.run(arguments[0]);
            System.out.println(client.calls + " calls");
        }
    }

    private static void same(Object seen, Object expected) {
        if (!Objects.equals(seen, expected)) {
            throw new IllegalStateException(seen + " instead of " + expected);
        }
    }

    private void run(String url) throws Exception {
        String name = "Shop / EU";
        String target = url + "/healthz";
        ServiceFields fields = new ServiceFields().name(name).url(target).description("The shop").timeout(5000).labels(Map.of("team", "shop"));
        String id = call(services.createService(fields, null)).getService().getId();
        same(call(services.listServices(null, null, null, null, null, null, null, null, null, null, null, null, null, null)).getServices().size(), 1);
        same(call(services.getServiceById(id, null)).getService().getName(), name);
        same(call(services.getServiceByName(name, null)).getService().getId(), id);
        Service patched = call(services.patchServiceById(id, new ServicePatch().description("Changed"), null)).getService();
        same(List.of(patched.getDescription(), patched.getTimeout(), patched.getLabels()), List.of("Changed", 5000, Map.of("team", "shop")));
        Service replaced = call(services.replaceServiceById(id, new ServiceFields().name(name).url(target).interval(3600), null)).getService();
        same(List.of(replaced.getDescription(), replaced.getInterval()), List.of("", 3600));
        same(call(checks.pingServices(List.of(name))).getServices().get(0).getStatus().getValue(), "up");
        same(call(status.getStatus(null, null, null, null, null, null, null, null, null, null, null, null, null, null)).getServices().get(0).getLastChecked() > 1_000_000_000_000L, true);
        StatusReport page = call(status.getStatus(null, 10, null, null, null, null, null, null, null, null, null, null, null, null));
        same(List.of(page.getMatching(), page.getServices().get(0).getId()), List.of(1, id));
        same(call(status.getHistory(name, null, null, null, null, null, null, null, null)).getHistory().isEmpty(), false);
        same(call(status.getUptime(null, List.of(id), null, null)).getServices().get(0).getUptime().getDay(), 1.0);
        same(call(status.getResponseTimes(name, null, null, null, null, null)).getPoints().isEmpty(), false);
        ServiceBatch batch = new ServiceBatch().services(List.of(new ServiceFields().name("Two").url(target)));
        same(call(services.applyServices(batch, null, null, null)).getCounts().getCreated(), 1);
        same(call(status.getStatusChanges(page.getEvent(), null, null, null, null, null, null, null, null, null, null)).getServices().isEmpty(), false);
        same(call(keys.createKey(new ApiKeyFields().name("reader"))).getApiKey().getCreatedAt() > 1_000_000_000_000L, true);
        same(call(checks.setHistoryTtl(new SetHistoryTtlRequest().ttl(604800))).getTtl(), 604800);
        same(call(site.getSite(null)).getSiteName(), "OpenUptimes");
        same(call(operations.getNodes()).getNodes().size(), 1);
        ApiException refused = refusalOf("nobody");
        same(refused.getCode(), 404);
        same(refused.getResponseBody().contains("\"status\":404"), true);
        same(call(services.deleteServiceByName(name, null)).getUndo().getUntil() > 1_000_000_000_000L, true);
    }

    private ApiException refusalOf(String id) throws Exception {
        try {
            call(services.getServiceById(id, null));
        } catch (Exception e) {
            calls++;
            return (ApiException) (e instanceof ApiException ? e : e.getCause());
        }
        throw new IllegalStateException("no error");
    }
}
