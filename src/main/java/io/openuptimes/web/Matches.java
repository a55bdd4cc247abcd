package io.openuptimes.web;

import io.openuptimes.bus.BulkMessage.Matching;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Query;
import java.util.TreeSet;

/** The services that a query selects by {@code label} and {@code group}. */
final class Matches {

    private Matches() {}

    /**
     * For operations that change the selected services.
     *
     * @throws ApiException 400 without either parameter, which would select all services
     */
    static Matching required(Query query) {
        if (!query.has("label") && !query.has("group")) {
            throw Errors.invalid("label", "is required unless group is given");
        }
        return new Matching(query.labels(), query.groups());
    }

    /** For the audit log. */
    static String text(Matching which) {
        String labels = which.labels().toString();
        return which.groups().isEmpty() ? labels : labels + " in " + String.join(", ", new TreeSet<>(which.groups()));
    }
}
