package io.openuptimes.web;

import io.openuptimes.bus.BulkMessage.BulkAnswer;
import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.BulkMessage.BulkRefused;
import io.openuptimes.model.EntryProblem;
import io.openuptimes.model.EntryProblems;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.bulk.EntryLines;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** JSON answers of bulk operations. */
final class BulkJson {

    private BulkJson() {}

    /** Builds the answer to a bulk change and notes it for the audit log. */
    static Reply noted(RoutingContext context, BulkAnswer answer, boolean dryRun) {
        return noted(context, answer, dryRun, new EntryLines());
    }

    /**
     * The same for services in the request body.
     *
     * @param lines positions of the entries in the body
     */
    static Reply noted(RoutingContext context, BulkAnswer answer, boolean dryRun, EntryLines lines) {
        AuditNote note = AuditNote.of(context);
        if (dryRun) {
            note.omit();
        }
        if (answer instanceof BulkDone done) {
            note.counts(done.created(), done.changed(), done.unchanged(), done.deleted());
        }
        if (answer instanceof BulkRefused refused) {
            return refused(refused.problems(), refused.total(), refused.kind(), lines);
        }
        return done((BulkDone) answer, dryRun);
    }

    /**
     * Answers entries that are invalid in themselves.
     *
     * @param lines positions of the entries in the body
     */
    static Reply refused(EntryProblems problems, EntryLines lines) {
        return refused(problems.kept(), problems.total(), problems.kind(), lines);
    }

    private static Reply done(BulkDone done, boolean dryRun) {
        JsonArray changed = new JsonArray();
        done.changedNames()
                .forEach(service -> changed.add(
                        new JsonObject().put("name", service.name()).put("fields", new JsonArray(service.fields()))));
        return new Reply(
                200,
                new JsonObject()
                        .put("success", true)
                        .put("dryRun", dryRun)
                        .put(
                                "counts",
                                new JsonObject()
                                        .put("created", done.created())
                                        .put("changed", done.changed())
                                        .put("unchanged", done.unchanged())
                                        .put("deleted", done.deleted()))
                        .put("created", new JsonArray(done.createdNames()))
                        .put("changed", changed)
                        .put("deleted", new JsonArray(done.deletedNames()))
                        .put("truncated", done.truncated()),
                null);
    }

    /** The error message is the first problem's; the body also lists them all. */
    private static Reply refused(List<EntryProblem> problems, int total, EntryProblem.Kind kind, EntryLines lines) {
        int status =
                switch (kind) {
                    case INVALID -> 400;
                    case FORBIDDEN -> 403;
                    case CONFLICT -> 409;
                };
        EntryProblem first = problems.get(0);
        String message = place(first, lines) + first.field() + ": " + first.problem()
                + (total == 1 ? "" : "; and " + (total - 1) + " more") + ". Nothing was changed";
        JsonArray listed = new JsonArray();
        problems.forEach(problem -> listed.add(listed(problem, lines)));
        return new Reply(
                status, Errors.body(status, message).put("problems", listed).put("total", total), null);
    }

    private static JsonObject listed(EntryProblem problem, EntryLines lines) {
        JsonObject listed = new JsonObject().put("index", problem.index());
        int line = lines.of(problem.index());
        if (line > 0) {
            listed.put("line", line);
        }
        return Errors.withProblem(listed.put("name", problem.name()), problem.what())
                .put("message", problem.what().message());
    }

    private static String place(EntryProblem problem, EntryLines lines) {
        int line = lines.of(problem.index());
        return line > 0 ? "line " + line + ", " : "services[" + problem.index() + "].";
    }
}
