package io.openuptimes.web.pages;

import io.openuptimes.model.Sha256;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.SecurityHeaders;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Serves the pages and their files. Nothing is unpacked to a disk, and no path of a request becomes the name of a file. */
public final class Pages {

    private static final CharSequence IMMUTABLE = HttpHeaders.createOptimized("public, max-age=31536000, immutable");
    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");

    private static final String DOCS = "docs";

    /** Paths and the page that stands there, by the directory of its script and style; a path that ends in {@code /*} stands for all below it. */
    private static final Map<String, String> DOCUMENTS = documents();

    private final Vertx vertx;
    private @Nullable Future<Loaded> loading;

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
        documents.put("/docs", DOCS);
        return documents;
    }

    private record Loaded(Assets assets, Map<String, Asset> documents, String policy) {

        static Loaded load() throws IOException {
            Assets assets = Assets.load();
            String importMap = assets.importMap();
            Map<String, Asset> documents = new HashMap<>();
            for (String name : DOCUMENTS.values()) {
                boolean docs = name.equals(DOCS);
                String template = docs ? "webroot/docs.html" : "webroot/page.html";
                String text = new String(ClassPathFiles.read(template), StandardCharsets.UTF_8)
                        .replace("{{assets}}", assets.base())
                        .replace("{{importmap}}", importMap)
                        .replace("{{preload}}", docs ? "" : preloads(assets, name + "/main.js"))
                        .replace("{{name}}", name);
                documents.put(name, Asset.of(name + ".html", text.getBytes(StandardCharsets.UTF_8)));
            }
            return new Loaded(assets, documents, SecurityHeaders.policyOfPages(sha256(importMap)));
        }

        private static String preloads(Assets assets, String script) {
            return assets.importsOf(script).stream()
                    .map(name -> "<link rel=\"modulepreload\" href=\"" + assets.base() + "/" + name + "\">")
                    .collect(Collectors.joining("\n  "));
        }

        private static String sha256(String text) {
            byte[] digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        }
    }

    /** A handler for each path. */
    public Map<String, Handler<RoutingContext>> handlers() {
        Map<String, Handler<RoutingContext>> handlers = new LinkedHashMap<>();
        DOCUMENTS.forEach((path, name) -> handlers.put(path, context -> document(context, name)));
        handlers.put(Assets.PATH + "*", this::asset);
        handlers.put("/favicon.svg", this::favicon);
        return handlers;
    }

    private Future<Loaded> loaded() {
        Future<Loaded> current = loading;
        if (current == null || current.failed()) {
            current = vertx.executeBlocking(Loaded::load, false);
            loading = current;
        }
        return current;
    }

    private void document(RoutingContext context, String name) {
        loaded().onFailure(context::fail).onSuccess(loaded -> {
            Asset document = loaded.documents().get(name);
            if (document == null) {
                throw new IllegalStateException("no document " + name);
            }
            if (name.equals(DOCS)) {
                SecurityHeaders.putForDocs(context.response());
            } else {
                SecurityHeaders.putForPage(context.response(), loaded.policy());
            }
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
            document.answer(context);
        });
    }

    /** Of an older version's address: the file as it is now, for a page that was open meanwhile. */
    private void asset(RoutingContext context) {
        String[] versionAndName =
                context.request().path().substring(Assets.PATH.length()).split("/", 2);
        loaded().onFailure(context::fail).onSuccess(loaded -> {
            Asset asset = versionAndName.length < 2 ? null : loaded.assets().find(versionAndName[1]);
            if (asset == null) {
                context.fail(new ApiException(404, "Not found: there is nothing at this path"));
                return;
            }
            boolean current = loaded.assets().isCurrent(versionAndName[0]);
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, current ? IMMUTABLE : NO_CACHE);
            asset.answer(context);
        });
    }

    private void favicon(RoutingContext context) {
        loaded().onFailure(context::fail).onSuccess(loaded -> {
            Asset icon = loaded.assets().find("favicon.svg");
            if (icon == null) {
                throw new IllegalStateException("no icon");
            }
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
            icon.answer(context);
        });
    }
}
