package io.openuptimes.web;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The pages: a fixed list of files from the class path, each read and compressed when it is first asked for and kept.
 *
 * <p>Nothing is unpacked to a disk, and no path of a request ever becomes the name of a file.
 */
final class StaticFiles {

    private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/";
    private static final Map<String, CharSequence> TYPES = Map.of(
            "html", HttpHeaders.createOptimized("text/html; charset=utf-8"),
            "css", HttpHeaders.createOptimized("text/css; charset=utf-8"),
            "js", HttpHeaders.createOptimized("text/javascript; charset=utf-8"),
            "svg", HttpHeaders.createOptimized("image/svg+xml"));

    private final Map<String, String> resources = new LinkedHashMap<>();

    StaticFiles() {
        resources.put("/", "webroot/index.html");
        resources.put("/style.css", "webroot/style.css");
        resources.put("/favicon.svg", "webroot/favicon.svg");
        resources.put("/docs", "webroot/docs.html");
        resources.put("/docs.js", "webroot/docs.js");
        String swaggerUi = SWAGGER_UI + swaggerUiVersion() + "/";
        for (String file : new String[] {"swagger-ui.css", "swagger-ui-bundle.js"}) {
            resources.put("/swagger-ui/" + file, swaggerUi + file);
        }
    }

    /** A handler for each path. */
    Map<String, Handler<RoutingContext>> handlers() {
        Map<String, Handler<RoutingContext>> handlers = new LinkedHashMap<>();
        resources.forEach((path, resource) -> handlers.put(path, new FileHandler(resource)));
        return handlers;
    }

    private static String swaggerUiVersion() {
        Properties properties = new Properties();
        try (InputStream in = open("META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("the Swagger UI is not on the class path", e);
        }
        return properties.getProperty("version");
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = StaticFiles.class.getClassLoader().getResourceAsStream(resource);
        if (in == null) {
            throw new FileNotFoundException(resource);
        }
        return in;
    }

    private record Content(Buffer plain, Buffer gzip, String tag) {

        static Content read(String resource) throws IOException {
            byte[] plain;
            try (InputStream in = open(resource)) {
                plain = in.readAllBytes();
            }
            ByteArrayOutputStream gzip = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(gzip)) {
                zip.write(plain);
            }
            CRC32C sum = new CRC32C();
            sum.update(plain);
            String tag = HexFormat.of().toHexDigits((int) sum.getValue()) + Integer.toHexString(plain.length);
            return new Content(Buffer.buffer(plain), Buffer.buffer(gzip.toByteArray()), tag);
        }
    }

    private static final class FileHandler implements Handler<RoutingContext> {

        private final String resource;
        private final CharSequence type;
        private @Nullable Future<Content> content;

        FileHandler(String resource) {
            this.resource = resource;
            this.type = TYPES.getOrDefault(
                    resource.substring(resource.lastIndexOf('.') + 1),
                    HttpHeaders.createOptimized("application/octet-stream"));
        }

        @Override
        public void handle(RoutingContext context) {
            Future<Content> reading = content;
            if (reading == null || reading.failed()) {
                reading = context.vertx().executeBlocking(() -> Content.read(resource), false);
                content = reading;
            }
            reading.onSuccess(file -> answer(context, file)).onFailure(context::fail);
        }

        private void answer(RoutingContext context, Content file) {
            HttpServerResponse response = context.response();
            SecurityHeaders.putForPage(response);
            boolean gzip = AcceptEncoding.takesGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
            response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                    .putHeader(HttpHeaders.ETAG, '"' + file.tag() + (gzip ? "-gzip\"" : "\""));
            String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
            if (known != null && known.contains(file.tag())) {
                response.setStatusCode(304).end();
                return;
            }
            if (gzip) {
                response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            }
            Answers.end(context, 200, type, gzip ? file.gzip() : file.plain());
        }
    }
}
