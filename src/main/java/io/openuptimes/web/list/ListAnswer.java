package io.openuptimes.web.list;

import io.openuptimes.model.Disclosure;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.EntryJson;
import io.openuptimes.web.board.OverallJson;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.JsonText;
import io.openuptimes.web.http.Vary;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.BiConsumer;

/** Renders pages of services as JSON. */
public final class ListAnswer {

    public static final CharSequence VARY_ON = HttpHeaders.createOptimized("Accept-Encoding, Authorization, Cookie");

    private ListAnswer() {}

    /** A page of {@code GET /api/status}. */
    public static String status(
            StatusBoard board, ListPage page, ListQuery query, EntryJson entries, boolean withHidden) {
        StringBuilder json = new StringBuilder(1_000 + page.entries().size() * 300);
        json.append('{');
        OverallJson.append(json, board, page.counts(), page.upTo());
        json.append(',');
        appendList(json, page, (out, entry) -> entries.append(out, entry, withHidden, query.fields()));
        return json.append('}').toString();
    }

    /**
     * A page of {@code GET /api/services}.
     *
     * @param policy of services that set none, as JSON
     */
    public static String services(
            ListPage page, ListQuery query, EntryJson entries, Disclosure disclosure, String policy) {
        StringBuilder json = new StringBuilder(1_000 + page.entries().size() * 500);
        json.append("{\"counts\":{");
        page.counts().appendTo(json);
        json.append("},\"defaultInterval\":").append(entries.defaultInterval());
        json.append(",\"policy\":").append(policy).append(',');
        appendList(json, page, (out, entry) -> entries.appendWithFields(out, entry, disclosure, query.fields()));
        return json.append('}').toString();
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
        List<ListPage.Label> labels = page.labels();
        if (labels != null) {
            appendLabels(json, labels);
        }
    }

    private static void appendLabels(StringBuilder json, List<ListPage.Label> labels) {
        json.append(",\"labels\":[");
        String separator = "";
        for (ListPage.Label label : labels) {
            json.append(separator).append("{\"key\":");
            JsonText.quote(json, label.key());
            json.append(",\"values\":[");
            String between = "";
            for (String value : label.values()) {
                JsonText.quote(json.append(between), value);
                between = ",";
            }
            json.append("],\"more\":").append(label.more()).append('}');
            separator = ",";
        }
        json.append(']');
    }

    private static void appendGroups(StringBuilder json, List<ListPage.Group> groups) {
        json.append(",\"groups\":[");
        String separator = "";
        for (ListPage.Group group : groups) {
            json.append(separator).append("{\"name\":");
            JsonText.quote(json, group.name());
            json.append(",\"overall\":\"")
                    .append(group.counts().overall().word())
                    .append("\",");
            group.counts().appendTo(json);
            json.append(",\"matching\":").append(group.matching()).append('}');
            separator = ",";
        }
        json.append(']');
    }

    /** Sends the JSON, or a 304 if the caller already has it. Set {@code Cache-Control} before the call. */
    public static void send(RoutingContext context, String json) {
        HttpServerResponse response = context.response();
        Vary.on(response, VARY_ON.toString());
        if (response.headers().contains(HttpHeaders.ETAG)) { // not made from the body's bytes
            Answers.end(context, 200, Answers.JSON, Buffer.buffer(json));
        } else {
            Answers.tagged(context, Buffer.buffer(json));
        }
    }
}
