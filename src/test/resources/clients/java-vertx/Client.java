import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.*;
import org.openapitools.client.auth.HttpBearerAuth;

/** The client of the library vertx: calls answer with futures, and a refused one fails with an ApiException. */
class Client implements AutoCloseable {

    int calls;

    final ServicesApi services;
    final StatusApi status;
    final ChecksApi checks;
    final KeysApi keys;
    final SiteApi site;
    final OperationsApi operations;

    private final Vertx vertx = Vertx.vertx();

    Client(String url, String key) {
        ApiClient client = new ApiClient(vertx, new JsonObject().put("basePath", url));
        // by its name: setBearerToken may set the set-up's token instead
        ((HttpBearerAuth) client.getAuthentication("apiKey")).setBearerToken(key);
        services = new ServicesApiImpl(client);
        status = new StatusApiImpl(client);
        checks = new ChecksApiImpl(client);
        keys = new KeysApiImpl(client);
        site = new SiteApiImpl(client);
        operations = new OperationsApiImpl(client);
    }

    <T> T call(Future<T> answer) throws Exception {
        T result = answer.toCompletionStage().toCompletableFuture().get();
        calls++;
        return result;
    }

    /** Its threads would keep the program from ending. */
    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }
}
