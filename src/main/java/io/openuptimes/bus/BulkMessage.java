package io.openuptimes.bus;

import io.openuptimes.model.EntryProblem;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.ServiceDraft;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the store verticle is asked about many services at once.
 *
 * <p>All of it is written or nothing, also where the process ends in between; whoever listens learns of it once it is
 * written as a whole, by one {@link EventMessage.ServicesChanged}.
 */
public sealed interface BulkMessage extends Message {

    /** How long such a request may take, milliseconds: behind others it waits for its turn. */
    long TIMEOUT_MS = 180_000;

    /**
     * Make or replace services: those with a known id, or with a name that is there, are replaced, all others are made.
     * Answered by a {@link BulkAnswer}.
     *
     * @param drafts the names and ids in it come once each
     * @param deleteAbsent of the services that this matches, those that are not given are deleted; null for none
     * @param dryRun true changes nothing, and says what would change
     * @param by what right; entries beyond it are refused, and others are not deleted
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
     * Let exactly these services be the declared ones: they are made or replaced as by {@link ApplyBulk} and marked, an
     * undeclared one of the same name is taken over with its history, and declared ones that are not given are deleted.
     * Answered by a {@link BulkAnswer}.
     *
     * @param services the fields of each, as a caller of the API would send them
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

    /** Let no service be declared any more: they stay, and the API changes them. Answered by a {@link BulkAnswer}. */
    record ReleaseDeclared() implements BulkMessage {}

    /**
     * Which services are meant.
     *
     * @param labels must match
     * @param groups one of which they must be in; empty for any
     */
    record Matching(LabelSelector labels, Set<String> groups) {
        public Matching {
            groups = Set.copyOf(groups);
        }
    }

    /**
     * Change what is given of all that match and {@code by} covers, and keep the rest. Answered by a {@link BulkAnswer}.
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

    /** Delete all that match and {@code by} covers, for good. Answered by a {@link BulkAnswer}. */
    record DeleteMatching(Matching which, boolean dryRun, Authority by) implements BulkMessage {

        public DeleteMatching(Matching which, boolean dryRun) {
            this(which, dryRun, Authority.FULL);
        }
    }

    /** What became of many services. */
    sealed interface BulkAnswer extends BulkMessage {}

    /**
     * A service that has changed.
     *
     * @param id of the service
     * @param name as it is now
     * @param fields that are others than before, by name
     */
    record Changed(String id, String name, List<String> fields) {}

    /**
     * It is done or, with {@code dryRun}, it could be.
     *
     * @param created how many
     * @param changed how many
     * @param unchanged how many were given or meant, and are as they are to be
     * @param deleted how many
     * @param createdNames the first of them, likewise below
     * @param truncated whether a list has not all
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
     * @param total how many there are
     * @param kind of what is wrong, all taken together
     */
    record BulkRefused(List<EntryProblem> problems, int total, EntryProblem.Kind kind) implements BulkAnswer {}
}
