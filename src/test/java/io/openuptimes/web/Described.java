package io.openuptimes.web;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Maps a request to the path that describes it. If responses differ by query, the document describes each form at its
 * own path; the older paths serve all forms.
 */
final class Described {

    private static final Set<String> CHANGES = Set.of("/api/status", "/api/services");

    private Described() {}

    /**
     * @param uri path and query as sent
     * @return the path without the query, or the one that describes the same response
     */
    static String path(String method, String uri) {
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        Set<String> query = mark < 0 ? Set.of() : names(uri.substring(mark + 1));
        if (method.equals("GET") && CHANGES.contains(path) && query.contains("since")) {
            return path + "/changes";
        }
        boolean selects = !query.contains("name") && (query.contains("label") || query.contains("group"));
        if (Set.of("PATCH", "DELETE").contains(method) && path.equals("/api/services") && selects) {
            return path + "/bulk";
        }
        return path;
    }

    private static Set<String> names(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(parameter -> parameter.replaceAll("=.*", ""))
                .collect(Collectors.toSet());
    }
}
