package io.openuptimes.web;

import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.BulkMessage.Changed;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.NameRules;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceDraft;
import io.openuptimes.model.ServiceView;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds the current and new field values of each changed service to the answer of a dry run. Long values are cut to
 * where they differ; see {@link ShownChange}.
 */
final class ChangedValues {

    private final StatusBoard board;
    private final Disclosure disclosure;

    /**
     * @param disclosure what the caller may see of the services
     */
    ChangedValues(StatusBoard board, Disclosure disclosure) {
        this.board = board;
        this.disclosure = disclosure;
    }

    /**
     * @param body the answer, whose {@code changed} has as many services as {@code done} lists
     * @param drafts the drafts of the dry run
     */
    void add(JsonObject body, BulkDone done, List<ServiceDraft> drafts) {
        Map<String, ServiceDraft> given = given(done.changedNames(), drafts);
        JsonArray changed = body.getJsonArray("changed");
        for (int i = 0; i < done.changedNames().size(); i++) {
            Changed one = done.changedNames().get(i);
            BoardEntry entry = board.findById(one.id());
            ServiceDraft draft = given.get(one.name());
            if (entry != null && draft != null) {
                Service before = entry.service();
                Service after = draft.as(before.id(), before.createdAt(), before.declared(), before);
                addValues(changed.getJsonObject(i), one.fields(), before, after);
            }
        }
    }

    private static Map<String, ServiceDraft> given(List<Changed> changed, List<ServiceDraft> drafts) {
        Set<String> names = new HashSet<>();
        changed.forEach(one -> names.add(one.name()));
        Map<String, ServiceDraft> given = new HashMap<>();
        for (ServiceDraft draft : drafts) {
            String name = NameRules.trimmed(draft.service().name());
            if (names.contains(name)) {
                given.put(name, draft);
            }
        }
        return given;
    }

    private void addValues(JsonObject changed, List<String> fields, Service before, Service after) {
        Map<String, Object> was = ServiceView.of(before, disclosure);
        Map<String, Object> is = ServiceView.of(after, disclosure);
        JsonObject old = new JsonObject();
        JsonObject now = new JsonObject();
        for (String field : fields) {
            ShownChange change = ShownChange.of(was.get(field), is.get(field));
            old.put(field, change.before());
            now.put(field, change.after());
        }
        changed.put("before", old).put("after", now);
    }
}
