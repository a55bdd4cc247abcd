package io.openuptimes.store.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.bus.Address;
import io.openuptimes.bus.Authority;
import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ApplyBulk;
import io.openuptimes.bus.BulkMessage.ChangeMatching;
import io.openuptimes.bus.BulkMessage.DeleteMatching;
import io.openuptimes.bus.BulkMessage.Matching;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.ServiceRef;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.DeleteService;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.PatchService;
import io.openuptimes.bus.StoreMessage.ReplaceService;
import io.openuptimes.bus.StoreMessage.RestoreService;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceDrafts;
import io.openuptimes.store.StoreTestBase;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The store checks the right to a change when the change is executed. */
class AuthorityTest extends StoreTestBase {

    private static final Authority ENDED = new Authority(
            LabelSelector.ALL, () -> Future.failedFuture(new Refused(Failures.UNAUTHORIZED, "it has ended")));
    private static final Map<String, Object> LABELLED =
            Map.of("name", "a", "url", "http://localhost/", "labels", Map.of("team", "shop"));

    private record Asked<Q extends Message, A extends Message>(Address<Q, A> address, Q message) {}

    private static Map<String, Asked<?, ?>> changes(String deletedId, Authority by) {
        ServiceDrafts drafts = new ServiceDrafts(1);
        drafts.add(Map.of("name", "b", "url", "http://localhost/"));
        Matching all = new Matching(LabelSelector.ALL, Set.of());
        Map<String, Object> renamed = Map.of("name", "c", "url", "http://localhost/");
        Map<String, Asked<?, ?>> changes = new LinkedHashMap<>();
        changes.put("create", new Asked<>(StoreMessage.CREATE_SERVICE, new CreateService(renamed, by)));
        changes.put(
                "replace",
                new Asked<>(
                        StoreMessage.REPLACE_SERVICE,
                        new ReplaceService(ServiceRef.named("a"), renamed, Set.of(), by)));
        changes.put(
                "patch",
                new Asked<>(
                        StoreMessage.PATCH_SERVICE,
                        new PatchService(ServiceRef.named("a"), Map.of("group", "x"), Set.of(), by)));
        changes.put(
                "rename",
                new Asked<>(
                        StoreMessage.PATCH_SERVICE,
                        new PatchService(ServiceRef.named("a"), Map.of("name", "x"), Set.of(), by)));
        changes.put(
                "delete",
                new Asked<>(StoreMessage.DELETE_SERVICE, new DeleteService(ServiceRef.named("a"), Set.of(), by)));
        changes.put("restore", new Asked<>(StoreMessage.RESTORE_SERVICE, new RestoreService(deletedId, by)));
        changes.put(
                "bulk",
                new Asked<>(BulkMessage.APPLY_BULK, new ApplyBulk(drafts.drafts(), LabelSelector.ALL, false, by)));
        changes.put(
                "change many",
                new Asked<>(BulkMessage.CHANGE_MATCHING, new ChangeMatching(all, Map.of("group", "x"), false, by)));
        changes.put("delete many", new Asked<>(BulkMessage.DELETE_MATCHING, new DeleteMatching(all, false, by)));
        return changes;
    }

    private List<Service> stored() throws Exception {
        return ask(StoreMessage.LOAD_ALL, new LoadAll()).services();
    }

    private String deleted() throws Exception {
        ask(StoreMessage.CREATE_SERVICE, new CreateService(Map.of("name", "gone", "url", "http://localhost/")));
        return ask(StoreMessage.DELETE_SERVICE, new DeleteService("gone"))
                .service()
                .id();
    }

    @Test
    void nothingIsChangedByOneThatHasEndedMeanwhile() throws Exception {
        ask(StoreMessage.CREATE_SERVICE, new CreateService(LABELLED));
        String deletedId = deleted();
        List<Service> before = stored();
        for (Map.Entry<String, Asked<?, ?>> change : changes(deletedId, ENDED).entrySet()) {
            assertThatThrownBy(() -> ask(change.getValue()))
                    .as(change.getKey())
                    .hasStackTraceContaining("it has ended");
            assertThat(stored()).as(change.getKey()).isEqualTo(before);
        }
        // each is otherwise valid
        ask(changes(deletedId, Authority.FULL).get("restore"));
        ask(changes(deletedId, Authority.FULL).get("patch"));
        assertThat(stored()).hasSize(2);
    }

    @Test
    void theLabelsThatAreStoredDecideNotThoseThatTheCallerSaw() throws Exception {
        Authority shop = new Authority(LabelSelector.parse("s", List.of("team=shop")), Future::succeededFuture);
        ask(StoreMessage.CREATE_SERVICE, new CreateService(LABELLED));
        // by someone else, between the caller's read and its change
        ask(StoreMessage.PATCH_SERVICE, new PatchService("a", Map.of("labels", Map.of("team", "office"))));
        List<Service> before = stored();
        for (String change : List.of("replace", "patch", "rename", "delete")) {
            assertThatThrownBy(() -> ask(changes("none", shop).get(change)))
                    .as(change)
                    .hasStackTraceContaining("must match team=shop");
        }
        ask(changes("none", shop).get("change many"));
        ask(changes("none", shop).get("delete many"));
        assertThat(stored()).isEqualTo(before);
    }

    private <Q extends Message, A extends Message> A ask(Asked<Q, A> asked) throws Exception {
        return ask(asked.address(), asked.message());
    }
}
