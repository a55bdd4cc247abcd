package io.openuptimes.web;

import io.openuptimes.bus.BulkMessage.BulkAnswer;
import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.BulkMessage.BulkRefused;
import io.openuptimes.model.EntryProblem;
import io.openuptimes.model.EntryProblems;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Answers of operations on many services. */
final class BulkJson {

    private BulkJson() {}

    /** The answer to a change of many services, which the audit log takes note of. */
    static Reply noted(RoutingContext context, BulkAnswer answer, boolean dryRun) {
        AuditNote note = AuditNote.of(context);
        if (dryRun) {
            note.omit();
        }
        if (answer instanceof BulkDone done) {
            note.counts(done.created(), done.changed(), done.unchanged(), done.deleted());
        }
        return reply(answer, dryRun);
    }

    private static Reply reply(BulkAnswer answer, boolean dryRun) {
        if (answer instanceof BulkRefused refused) {
            return refused(refused.problems(), refused.total(), refused.kind());
        }
        return done((BulkDone) answer, dryRun);
    }

    /** Entries that are wrong in themselves. */
    static Reply refused(EntryProblems problems) {
        return refused(problems.kept(), problems.total(), problems.kind());
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

    /** The error's message tells the first problem; all are listed besides. */
    private static Reply refused(List<EntryProblem> problems, int total, EntryProblem.Kind kind) {
        int status =
                switch (kind) {
                    case INVALID -> 400;
                    case FORBIDDEN -> 403;
                    case CONFLICT -> 409;
                };
        EntryProblem first = problems.get(0);
        String message = "services[" + first.index() + "]." + first.field() + ": " + first.problem()
                + (total == 1 ? "" : "; and " + (total - 1) + " more") + ". Nothing was changed";
        JsonArray listed = new JsonArray();
        problems.forEach(problem -> listed.add(new JsonObject()
                .put("index", problem.index())
                .put("name", problem.name())
                .put("field", problem.field())
                .put("message", problem.field() + ": " + problem.problem())));
        return new Reply(
                status, Errors.body(status, message).put("problems", listed).put("total", total), null);
    }
}
