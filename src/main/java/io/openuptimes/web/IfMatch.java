package io.openuptimes.web;

import io.openuptimes.web.http.Errors;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code If-Match} header: the version of a service that the caller intends to change. */
final class IfMatch {

    private static final String ANY = "*";
    private static final Pattern TAG = Pattern.compile("\\s*((?:W/)?\"[!#-~\\x80-\\xFF]*\")\\s*(,|$)");

    private IfMatch() {}

    /** The entity tags in the header, possibly {@code *} for any; empty without the header. */
    static Set<String> tags(RoutingContext context) {
        List<String> headers = context.request().headers().getAll(HttpHeaders.IF_MATCH);
        if (headers.isEmpty()) {
            return Set.of();
        }
        String header = String.join(",", headers);
        if (header.strip().equals(ANY)) {
            return Set.of(ANY);
        }
        Set<String> tags = new LinkedHashSet<>();
        Matcher tag = TAG.matcher(header);
        int end = 0;
        while (tag.find() && tag.start() == end) {
            tags.add(tag.group(1)); // a weak tag matches none of ours, as required
            end = tag.end();
        }
        if (end != header.length() || tags.isEmpty()) {
            throw Errors.invalid("If-Match", "must be * or quoted entity tags");
        }
        return tags;
    }
}
