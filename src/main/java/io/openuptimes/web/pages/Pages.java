package io.openuptimes.web.pages;

import io.openuptimes.web.http.Accept;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Mount;
import io.openuptimes.web.http.PercentCoding;
import io.openuptimes.web.http.Query;
import io.openuptimes.web.http.SecurityHeaders;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Serves the pages and their files from memory. No request path is ever used as a file name. */
public final class Pages {

    /** Paths of the admin page's views, also listed in its script. */
    static final List<String> ADMIN = List.of(
            "/admin",
            "/admin/services",
            "/admin/history",
            "/admin/nodes",
            "/admin/keys",
            "/admin/audit",
            "/admin/settings");

    /**
     * Pages by path; a page is named after the directory of its script and style. A path that ends in {@code /*} covers
     * all below it.
     */
    private static final Map<String, String> DOCUMENTS = documents();

    /** Names of all documents. */
    private static final List<String> NAMES = names();

    private static final String STATUS = "status";
    private static final String SERVICE = "service";
    private static final String SERVICES = "/services/";
    private static final String MISSING = "missing";

    private static final List<String> TYPES_OF_MISSING = List.of("text/html", "application/json");

    private final Vertx vertx;
    private final Previews previews;
    /** By mount; the settings allow only a few. */
    private final Map<String, Future<Documents>> documents = new HashMap<>();

    private @Nullable Future<Assets> loading;

    public Pages(Vertx vertx, Previews previews) {
        this.vertx = vertx;
        this.previews = previews;
    }

    private static List<String> names() {
        return Stream.concat(DOCUMENTS.values().stream(), Stream.of(MISSING))
                .distinct()
                .toList();
    }

    private static Map<String, String> documents() {
        Map<String, String> documents = new LinkedHashMap<>();
        documents.put("/", STATUS);
        documents.put(SERVICES + "*", SERVICE);
        documents.put("/setup", "setup");
        ADMIN.forEach(path -> documents.put(path, "admin"));
        documents.put("/docs", Documents.DOCS);
        return documents;
    }

    /** Handlers by path. */
    public Map<String, Handler<RoutingContext>> handlers() {
        Map<String, Handler<RoutingContext>> handlers = new LinkedHashMap<>();
        DOCUMENTS.forEach((path, name) -> handlers.put(path, context -> document(context, name)));
        handlers.put(Assets.PATH + "*", this::asset);
        handlers.put("/favicon.svg", this::favicon);
        return handlers;
    }

    private Future<Assets> assets() {
        Future<Assets> current = loading;
        if (current == null || current.failed()) {
            current = vertx.executeBlocking(Assets::load, false);
            loading = current;
        }
        return current;
    }

    private Future<Documents> documents(String mount) {
        Future<Documents> current = documents.get(mount);
        if (current == null || current.failed()) {
            current = assets().compose(
                            assets -> vertx.executeBlocking(() -> Documents.render(assets, NAMES, mount), false));
            documents.put(mount, current);
        }
        return current;
    }

    private void document(RoutingContext context, String name) {
        documents(Mount.of(context))
                .compose(documents ->
                        preview(context, name).onSuccess(preview -> answer(context, documents, name, preview)))
                .onFailure(context::fail);
    }

    private static void answer(RoutingContext context, Documents documents, String name, Preview preview) {
        PageTemplate template = documents.byName().get(name);
        if (template == null) {
            throw new IllegalStateException("no document " + name);
        }
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_CACHE);
        if (name.equals(Documents.DOCS)) {
            SecurityHeaders.putForDocs(context.response());
            template.with("").answer(context);
        } else {
            SecurityHeaders.putForPage(context.response(), documents.policy());
            template.with(preview.head()).answer(context, preview.status());
        }
    }

    private Future<Preview> preview(RoutingContext context, String name) {
        return switch (name) {
            case STATUS -> previews.status();
            case SERVICE -> serviceOf(context).map(previews::service).orElseGet(previews::missing);
            case MISSING -> previews.missing();
            default -> previews.plain();
        };
    }

    /** The name of the service in a page's URL, parsed as the page's script does. */
    private static Optional<String> serviceOf(RoutingContext context) {
        String encoded = Mount.pathBelow(context).substring(SERVICES.length());
        String given = encoded.equals("-") ? Query.of(context).text("name") : null;
        return given == null ? PercentCoding.decode(encoded, false) : Optional.of(given);
    }

    /**
     * Answers an unknown path: with a page for callers that accept HTML; with the error JSON for all others, and below
     * {@code /api} and {@code /assets}.
     */
    public void missing(RoutingContext context) {
        HttpMethod method = context.request().method();
        boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        if (!reads || isForPrograms(context.request().path()) || !takesPage(context)) {
            Errors.nothing(context);
            return;
        }
        document(context, MISSING);
    }

    /** Whether a segment of the path, below whatever prefix, marks a path for programs. */
    private static boolean isForPrograms(String path) {
        String segments = path + "/";
        return segments.contains("/api/") || segments.contains(Assets.PATH);
    }

    private static boolean takesPage(RoutingContext context) {
        List<String> accepted = context.request().headers().getAll(HttpHeaders.ACCEPT);
        return "text/html".equals(Accept.best(accepted, TYPES_OF_MISSING));
    }

    /** Serves the current file at an older version's URL too, for pages that were open during an upgrade. */
    private void asset(RoutingContext context) {
        String[] versionAndName =
                Mount.pathBelow(context).substring(Assets.PATH.length()).split("/", 2);
        assets().onFailure(context::fail).onSuccess(assets -> {
            Asset asset = versionAndName.length < 2 ? null : assets.find(versionAndName[1]);
            if (asset == null) {
                context.fail(new ApiException(404, Errors.NOTHING));
                return;
            }
            boolean current = assets.isCurrent(versionAndName[0]);
            context.response()
                    .putHeader(HttpHeaders.CACHE_CONTROL, current ? CacheControl.IMMUTABLE : CacheControl.NO_CACHE);
            asset.answer(context);
        });
    }

    private void favicon(RoutingContext context) {
        assets().onFailure(context::fail).onSuccess(assets -> {
            Asset icon = assets.find("favicon.svg");
            if (icon == null) {
                throw new IllegalStateException("no icon");
            }
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_CACHE);
            icon.answer(context);
        });
    }
}
