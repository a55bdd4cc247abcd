import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.*;
import org.openapitools.client.auth.HttpBearerAuth;
import org.openapitools.client.model.*;

/** Twenty calls of the generated client; ends with an error where an answer is not as its types say. */
public class TwentyCalls {

    private static int calls;

    private static <T> T call(Future<T> answer) throws Exception {
        calls++;
        return answer.toCompletionStage().toCompletableFuture().get();
    }

    private static void same(Object seen, Object expected) {
        if (!Objects.equals(seen, expected)) {
            throw new IllegalStateException(seen + " instead of " + expected);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            ApiClient client = new ApiClient(vertx, new JsonObject().put("basePath", arguments[0]));
            // by its name: setBearerToken may set the set-up's token instead
            ((HttpBearerAuth) client.getAuthentication("apiKey")).setBearerToken(arguments[1]);
            run(client, arguments[0]);
        } finally {
            // its threads would keep the program from ending
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
        System.out.println(calls + " calls");
    }

    private static void run(ApiClient client, String url) throws Exception {
        ServicesApi services = new ServicesApiImpl(client);
        StatusApi status = new StatusApiImpl(client);
        ChecksApi checks = new ChecksApiImpl(client);

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
        same(call(new KeysApiImpl(client).createKey(new ApiKeyFields().name("reader"))).getApiKey().getCreatedAt() > 1_000_000_000_000L, true);
        same(call(checks.setHistoryTtl(new SetHistoryTtlRequest().ttl(604800))).getTtl(), 604800);
        same(call(new SiteApiImpl(client).getSite(null)).getSiteName(), "OpenUptimes");
        same(call(new OperationsApiImpl(client).getNodes()).getNodes().size(), 1);
        Throwable failed = call(services.getServiceById("nobody", null).transform(answer -> Future.succeededFuture(answer.cause())));
        same(failed instanceof ApiException e ? e.getCode() : failed, 404);
        same(((ApiException) failed).getResponseBody().contains("\"status\":404"), true);
        same(call(services.deleteServiceByName(name, null)).getUndo().getUntil() > 1_000_000_000_000L, true);
    }
}
