package io.openuptimes.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Pages of services as JSON. */
final class ListAnswer {

    private static final CharSequence VARY_ON = HttpHeaders.createOptimized("Accept-Encoding, Authorization, Cookie");
    private static final int WORTH_COMPRESSING = 1_000;

    /** Up to here compressing takes no longer than a millisecond or two, and is done where we are. */
    static final int COMPRESSED_AT_ONCE = 100_000;

    /** Long ones that wait, or are under way, in the process. They are megabytes: with so many, callers wait instead. */
    private static final int MAX_COMPRESSING = 8;

    private static final AtomicInteger compressing = new AtomicInteger();

    private ListAnswer() {}

    /** {@code GET /api/status} in pages. */
    static String status(StatusBoard board, ListPage page, EntryJson entries, boolean withHidden) {
        StringBuilder json = new StringBuilder(1_000 + page.entries().size() * 300);
        json.append('{');
        appendVerdict(json, board, page.counts());
        json.append(',');
        appendList(json, page, (out, entry) -> entries.append(out, entry.service(), entry.status(), withHidden));
        return json.append('}').toString();
    }

    /** {@code GET /api/services} in pages. */
    static String services(ListPage page, EntryJson entries) {
        StringBuilder json = new StringBuilder(1_000 + page.entries().size() * 500);
        json.append("{\"counts\":{");
        page.counts().appendTo(json);
        json.append("},");
        appendList(json, page, (out, entry) -> entries.appendWithFields(out, entry.service(), entry.status()));
        return json.append('}').toString();
    }

    /** What is known of all services together: the members of a JSON object. */
    static void appendVerdict(StringBuilder json, StatusBoard board, Counts counts) {
        json.append("\"overall\":\"").append(counts.overall().word());
        json.append("\",\"updated\":");
        JsonText.orNull(json, counts.updated());
        json.append(",\"storeReachable\":").append(board.isStoreReachable());
        json.append(",\"event\":");
        JsonText.quote(json, String.valueOf(board.upTo()));
        json.append(",\"counts\":{");
        counts.appendTo(json);
        json.append('}');
    }

    private static void appendList(StringBuilder json, ListPage page, BiConsumer<StringBuilder, BoardEntry> entry) {
        json.append("\"matching\":").append(page.matching());
        json.append(",\"offset\":").append(page.offset());
        json.append(",\"cursor\":");
        String cursor = page.cursor();
        if (cursor == null) {
            json.append("null");
        } else {
            JsonText.quote(json, cursor);
        }
        json.append(",\"services\":[");
        String separator = "";
        for (BoardEntry shown : page.entries()) {
            entry.accept(json.append(separator), shown);
            separator = ",";
        }
        json.append(']');
        List<ListPage.Group> groups = page.groups();
        if (groups != null) {
            appendGroups(json, groups);
        }
    }

    private static void appendGroups(StringBuilder json, List<ListPage.Group> groups) {
        json.append(",\"groups\":[");
        String separator = "";
        for (ListPage.Group group : groups) {
            json.append(separator).append("{\"name\":");
            JsonText.quote(json, group.name);
            json.append(",\"overall\":\"").append(group.counts.overall().word()).append("\",");
            group.counts.appendTo(json);
            json.append(",\"matching\":").append(group.matching).append('}');
            separator = ",";
        }
        json.append(']');
    }

    /** Ends the request with that; a page changes too often for an entity tag to be of use. */
    static void send(RoutingContext context, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store").putHeader(HttpHeaders.VARY, VARY_ON);
        boolean compressed = body.length > WORTH_COMPRESSING
                && AcceptEncoding.takesGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
        if (!compressed) {
            Answers.end(context, 200, Answers.JSON, Buffer.buffer(body));
        } else if (body.length <= COMPRESSED_AT_ONCE || compressing.get() >= MAX_COMPRESSING) {
            end(context, Gzip.of(body));
        } else {
            compressing.incrementAndGet();
            context.vertx()
                    .executeBlocking(() -> Gzip.of(body))
                    .onComplete(ended -> compressing.decrementAndGet())
                    .onSuccess(zipped -> end(context, zipped))
                    .onFailure(context::fail);
        }
    }

    private static void end(RoutingContext context, byte[] zipped) {
        context.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        Answers.end(context, 200, Answers.JSON, Buffer.buffer(zipped));
    }
}
