package io.openuptimes.web.pages;

import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Mount;
import io.openuptimes.web.http.SecurityHeaders;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the pages and their files. Nothing is unpacked to a disk, and no path of a request becomes the name of a file. */
public final class Pages {

    private static final CharSequence IMMUTABLE = HttpHeaders.createOptimized("public, max-age=31536000, immutable");
    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");

    /** Paths and the page that stands there, by the directory of its script and style; a path that ends in {@code /*} stands for all below it. */
    private static final Map<String, String> DOCUMENTS = documents();

    private final Vertx vertx;
    /** By mount, of which there are few: each is of the settings. */
    private final Map<String, Future<Documents>> documents = new HashMap<>();

    private @Nullable Future<Assets> loading;

    public Pages(Vertx vertx) {
        this.vertx = vertx;
    }

    private static Map<String, String> documents() {
        Map<String, String> documents = new LinkedHashMap<>();
        documents.put("/", "status");
        documents.put("/services/*", "service");
        documents.put("/setup", "setup");
        documents.put("/admin", "admin");
        documents.put("/admin/*", "admin");
        documents.put("/docs", Documents.DOCS);
        return documents;
    }

    /** A handler for each path. */
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
            current = assets().compose(assets ->
                    vertx.executeBlocking(() -> Documents.render(assets, DOCUMENTS.values(), mount), false));
            documents.put(mount, current);
        }
        return current;
    }

    private void document(RoutingContext context, String name) {
        documents(Mount.of(context)).onFailure(context::fail).onSuccess(documents -> {
            Asset document = documents.byName().get(name);
            if (document == null) {
                throw new IllegalStateException("no document " + name);
            }
            if (name.equals(Documents.DOCS)) {
                SecurityHeaders.putForDocs(context.response());
            } else {
                SecurityHeaders.putForPage(context.response(), documents.policy());
            }
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
            document.answer(context);
        });
    }

    /** Of an older version's address: the file as it is now, for a page that was open meanwhile. */
    private void asset(RoutingContext context) {
        String[] versionAndName =
                Mount.pathBelow(context).substring(Assets.PATH.length()).split("/", 2);
        assets().onFailure(context::fail).onSuccess(assets -> {
            Asset asset = versionAndName.length < 2 ? null : assets.find(versionAndName[1]);
            if (asset == null) {
                context.fail(new ApiException(404, "Not found: there is nothing at this path"));
                return;
            }
            boolean current = assets.isCurrent(versionAndName[0]);
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, current ? IMMUTABLE : NO_CACHE);
            asset.answer(context);
        });
    }

    private void favicon(RoutingContext context) {
        assets().onFailure(context::fail).onSuccess(assets -> {
            Asset icon = assets.find("favicon.svg");
            if (icon == null) {
                throw new IllegalStateException("no icon");
            }
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
            icon.answer(context);
        });
    }
}
