package io.openuptimes.store.services;

import io.openuptimes.bus.Authority;
import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.BulkMessage.Changed;
import io.openuptimes.model.EntryProblems;
import io.openuptimes.model.HiddenValues;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Problem;
import io.openuptimes.model.ProblemCode;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceDraft;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.store.services.ServiceStore.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A bulk change, computed in memory before anything is written. */
final class BulkPlan {

    /** Maximum number of names in each list of an answer. */
    private static final int MAX_LISTED = 1_000;

    static final String DECLARED = "is declared in the services file; change it there";

    /**
     * Stored services that may be affected.
     *
     * @param byId existing services
     * @param idByName holders of the names
     */
    record Known(Map<String, Service> byId, Map<String, String> idByName) {}

    private final List<Service> created = new ArrayList<>();
    private final List<Change> changed = new ArrayList<>();
    private final List<Service> deleted = new ArrayList<>();
    private final Set<String> givenIds = new HashSet<>();
    private final EntryProblems problems = new EntryProblems();
    private int unchanged;

    private final Authority by;
    private final int format;

    /**
     * @param by the caller's authority; entries that it does not cover become problems
     * @param format of the stored data; entries with fields that need a newer one become problems
     */
    BulkPlan(Authority by, int format) {
        this.by = by;
        this.format = format;
    }

    /**
     * Creates or replaces services.
     *
     * @param given names and ids are unique
     * @param known the stored services with these names and ids
     * @param absent to be deleted unless they are among the drafts
     * @param declared whether the drafts come from the services file
     * @param now creation time of new services, epoch milliseconds
     * @return this plan
     */
    BulkPlan upsert(List<ServiceDraft> given, Known known, List<Service> absent, boolean declared, long now) {
        List<ServiceDraft> drafts = BulkNaming.checked(given, known, problems);
        Map<String, ServiceDraft> targets = new HashMap<>();
        List<String> ids = ids(drafts, known, targets);
        for (Service service : absent) {
            if (!targets.containsKey(service.id()) && service.declared() == declared) {
                deleted.add(service);
            }
        }
        Set<String> leaving = new HashSet<>();
        deleted.forEach(service -> leaving.add(service.id()));
        for (int i = 0; i < drafts.size(); i++) {
            ServiceDraft draft = drafts.get(i);
            String id = ids.get(i);
            String holder = known.idByName().get(draft.service().name());
            // names in the batch are unique, so a holder that is in the batch too gives this name up
            if (holder != null && !holder.equals(id) && !targets.containsKey(holder) && !leaving.contains(holder)) {
                Service other = known.byId().get(holder);
                boolean mayKnow = by.within().isAll() || (other != null && by.covers(other));
                String which = mayKnow ? ", " + holder : "";
                problems.addConflict(
                        draft.index(),
                        draft.service().name(),
                        Problem.of(ProblemCode.DUPLICATE, "name", "is already used by another service" + which));
            } else {
                save(draft, id, known.byId().get(id), declared, now);
            }
        }
        return this;
    }

    /** The service that each draft means: by id, else by name, else a new one. */
    private static List<String> ids(List<ServiceDraft> drafts, Known known, Map<String, ServiceDraft> targets) {
        for (ServiceDraft draft : drafts) {
            if (draft.id() != null) {
                targets.put(draft.id(), draft);
            }
        }
        List<String> ids = new ArrayList<>(drafts.size());
        for (ServiceDraft draft : drafts) {
            String id = draft.id();
            if (id == null) {
                id = known.idByName().get(draft.service().name());
                if (id == null || targets.containsKey(id)) {
                    id = ServiceStore.newId();
                }
                targets.put(id, draft);
            }
            ids.add(id);
        }
        return ids;
    }

    private void save(ServiceDraft draft, String id, @Nullable Service before, boolean declared, long now) {
        if (!by.covers(draft.service()) || (before != null && !by.covers(before))) {
            problems.addForbidden(draft.index(), draft.service().name(), "labels", by.problem());
            return;
        }
        if (before == null && draft.id() != null && !by.within().isAll()) {
            // a deleted service with this id may have been someone else's, and its history would come back with it
            problems.addForbidden(draft.index(), draft.service().name(), "id", "cannot be chosen with this key");
            return;
        }
        Long given = draft.createdAt();
        String name = draft.service().name();
        if (before != null && given != null && given != before.createdAt()) {
            problems.addConflict(
                    draft.index(),
                    name,
                    Problem.of(ProblemCode.READ_ONLY, "createdAt", "is set by the server and cannot be changed"));
            return;
        }
        long createdAt = before != null ? before.createdAt() : given == null ? now : given;
        Service service;
        try {
            service = HiddenValues.restore(
                    draft.as(id, createdAt, declared || (before != null && before.declared()), before), before);
        } catch (InvalidInputException e) {
            problems.add(draft.index(), name, e.what());
            return;
        }
        Problem notYet = ServiceFields.notYet(before, service, format);
        if (notYet != null) {
            problems.addConflict(draft.index(), name, notYet);
        } else if (before == null) {
            created.add(service);
            if (draft.id() != null) {
                givenIds.add(id);
            }
        } else if (service.equals(before)) {
            unchanged++;
        } else if (before.declared() && !declared) {
            problems.addConflict(draft.index(), name, declaredElsewhere());
        } else {
            changed.add(new Change(before, service));
        }
    }

    /** Replaces an existing service by one of the same name. */
    void replace(Service before, Service now) {
        Problem notYet = ServiceFields.notYet(before, now, format);
        if (!by.covers(now)) {
            problems.addForbidden(problems.total(), before.name(), "labels", by.problem());
        } else if (notYet != null) {
            problems.addConflict(problems.total(), before.name(), notYet);
        } else if (before.equals(now)) {
            unchanged++;
        } else if (mayChange(before)) {
            changed.add(new Change(before, now));
        }
    }

    /** Turns a declared service into one managed through the API, unchanged. */
    void release(Service service) {
        Service released = service.as(service.id(), service.createdAt(), false);
        changed.add(new Change(service, released));
    }

    /** Deletes an existing service. */
    void delete(Service service) {
        if (mayChange(service)) {
            deleted.add(service);
        }
    }

    private static Problem declaredElsewhere() {
        return Problem.of(ProblemCode.READ_ONLY, "declared", DECLARED);
    }

    private boolean mayChange(Service service) {
        if (service.declared()) {
            problems.addConflict(problems.total(), service.name(), declaredElsewhere());
        }
        return !service.declared();
    }

    EntryProblems problems() {
        return problems;
    }

    boolean changesNothing() {
        return created.isEmpty() && changed.isEmpty() && deleted.isEmpty();
    }

    /** The change in the number of services. */
    int growth() {
        return created.size() - deleted.size();
    }

    List<Change> saved() {
        List<Change> saved = new ArrayList<>(created.size() + changed.size());
        created.forEach(service -> saved.add(new Change(null, service)));
        saved.addAll(changed);
        return saved;
    }

    List<Service> deleted() {
        return deleted;
    }

    /** Created services whose ids the caller chose; a deleted service may have had the same id. */
    Set<String> givenIds() {
        return givenIds;
    }

    BulkDone summary() {
        return new BulkDone(
                created.size(),
                changed.size(),
                unchanged,
                deleted.size(),
                created.stream().limit(MAX_LISTED).map(Service::name).toList(),
                changed.stream()
                        .limit(MAX_LISTED)
                        .map(change ->
                                new Changed(change.now().id(), change.now().name(), differing(change)))
                        .toList(),
                deleted.stream().limit(MAX_LISTED).map(Service::name).toList(),
                Math.max(created.size(), Math.max(changed.size(), deleted.size())) > MAX_LISTED);
    }

    private static List<String> differing(Change change) {
        Service before = change.before();
        return before == null ? List.copyOf(ServiceFields.SHOWN) : ServiceFields.differing(before, change.now());
    }
}
