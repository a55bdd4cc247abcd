package io.openuptimes.bus;

import io.openuptimes.model.EntryProblem;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.ServiceDraft;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the store verticle about many services at once.
 *
 * <p>Each is all or nothing, even if the process ends in between. Listeners hear of it through one
 * {@link EventMessage.ServicesChanged} after the whole change has been written.
 */
public sealed interface BulkMessage extends Message {

    Address<ApplyBulk, BulkAnswer> APPLY_BULK = new Address<>("store.bulk.apply");
    Address<ApplyDeclared, BulkAnswer> APPLY_DECLARED = new Address<>("store.bulk.declare");
    Address<ReleaseDeclared, BulkAnswer> RELEASE_DECLARED = new Address<>("store.bulk.release");
    Address<ChangeMatching, BulkAnswer> CHANGE_MATCHING = new Address<>("store.bulk.change");
    Address<DeleteMatching, BulkAnswer> DELETE_MATCHING = new Address<>("store.bulk.delete");

    /** Request timeout in milliseconds; includes the time spent waiting behind other changes. */
    long TIMEOUT_MS = 180_000;

    /**
     * Creates or replaces services: drafts with a known id or an existing name replace that service, all others are created.
     * Answered by a {@link BulkAnswer}.
     *
     * @param drafts each name and id occurs at most once
     * @param deleteAbsent deletes the matching services that are not in {@code drafts}; null deletes none
     * @param dryRun true changes nothing and reports what would change
     * @param by entries outside this permission are refused, and services outside it are not deleted
     */
    record ApplyBulk(List<ServiceDraft> drafts, @Nullable LabelSelector deleteAbsent, boolean dryRun, Authority by)
            implements BulkMessage {

        public ApplyBulk(List<ServiceDraft> drafts, @Nullable LabelSelector deleteAbsent, boolean dryRun) {
            this(drafts, deleteAbsent, dryRun, Authority.FULL);
        }

        public ApplyBulk {
            drafts = List.copyOf(drafts);
        }

        @Override
        public String toString() {
            return "ApplyBulk[" + drafts.size() + " services]"; // headers and body may hold secrets
        }
    }

    /**
     * Makes exactly these services the declared ones. They are created or replaced as by {@link ApplyBulk} and marked as
     * declared; an undeclared service of the same name is adopted with its history; declared services that are not listed
     * are deleted. Answered by a {@link BulkAnswer}.
     *
     * @param services the fields of each, as an API client would send them
     */
    record ApplyDeclared(List<Map<String, Object>> services) implements BulkMessage {

        public ApplyDeclared {
            services = List.copyOf(services);
        }

        @Override
        public String toString() {
            return "ApplyDeclared[" + services.size() + " services]";
        }
    }

    /** Unmarks all declared services: they stay and can be changed by the API. Answered by a {@link BulkAnswer}. */
    record ReleaseDeclared() implements BulkMessage {}

    /**
     * Selects services.
     *
     * @param labels must match
     * @param groups the service must be in one of these; empty for any group
     */
    record Matching(LabelSelector labels, Set<String> groups) {
        public Matching {
            groups = Set.copyOf(groups);
        }
    }

    /**
     * Patches all services that match and that {@code by} covers. Answered by a {@link BulkAnswer}.
     */
    record ChangeMatching(Matching which, Map<String, Object> fields, boolean dryRun, Authority by)
            implements BulkMessage {

        public ChangeMatching(Matching which, Map<String, Object> fields, boolean dryRun) {
            this(which, fields, dryRun, Authority.FULL);
        }

        @Override
        public String toString() {
            return "ChangeMatching[" + which + "]";
        }
    }

    /** Deletes all services that match and that {@code by} covers, permanently. Answered by a {@link BulkAnswer}. */
    record DeleteMatching(Matching which, boolean dryRun, Authority by) implements BulkMessage {

        public DeleteMatching(Matching which, boolean dryRun) {
            this(which, dryRun, Authority.FULL);
        }
    }

    /** The outcome of a change of many services. */
    sealed interface BulkAnswer extends BulkMessage {}

    /**
     * A changed service.
     *
     * @param id of the service
     * @param name after the change
     * @param fields names of the changed fields
     */
    record Changed(String id, String name, List<String> fields) {}

    /**
     * The change was written or, with {@code dryRun}, would be valid.
     *
     * @param created number of services created
     * @param changed number of services changed
     * @param unchanged number of services already in the requested state
     * @param deleted number of services deleted
     * @param createdNames the first of them; the same applies to the lists below
     * @param truncated whether any list is incomplete
     */
    record BulkDone(
            int created,
            int changed,
            int unchanged,
            int deleted,
            List<String> createdNames,
            List<Changed> changedNames,
            List<String> deletedNames,
            boolean truncated)
            implements BulkAnswer {}

    /**
     * Nothing was changed.
     *
     * @param problems the first of them
     * @param total number of problems
     * @param kind the kind that covers all problems
     */
    record BulkRefused(List<EntryProblem> problems, int total, EntryProblem.Kind kind) implements BulkAnswer {}
}
