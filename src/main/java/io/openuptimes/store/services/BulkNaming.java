package io.openuptimes.store.services;

import io.openuptimes.model.EntryProblems;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.NameRules;
import io.openuptimes.model.Problem;
import io.openuptimes.model.ProblemCode;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceDraft;
import io.openuptimes.model.ServiceNaming;
import io.openuptimes.store.services.BulkPlan.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies the rules of {@link ServiceNaming} to the names of many services. */
final class BulkNaming {

    private BulkNaming() {}

    /**
     * @param problems receives names that break a rule and names that are equal after trimming
     * @return the valid drafts with trimmed names
     */
    static List<ServiceDraft> checked(List<ServiceDraft> drafts, Known known, EntryProblems problems) {
        List<ServiceDraft> checked = new ArrayList<>(drafts.size());
        Map<String, Integer> names = new HashMap<>();
        for (ServiceDraft draft : drafts) {
            int index = draft.index();
            String given = draft.service().name();
            try {
                Service service = ServiceNaming.checked(draft.service(), before(draft, known));
                Integer first = names.putIfAbsent(service.name(), index);
                if (first == null) {
                    checked.add(new ServiceDraft(index, draft.id(), draft.createdAt(), service));
                } else {
                    problems.add(
                            index,
                            given,
                            Problem.of(ProblemCode.DUPLICATE, "name", "is used by an earlier entry, too"));
                }
            } catch (InvalidInputException e) {
                problems.add(index, given, e.what());
            }
        }
        return checked;
    }

    private static @Nullable Service before(ServiceDraft draft, Known known) {
        String given = draft.service().name();
        String id = draft.id();
        if (id == null) {
            String holder = known.idByName().get(given);
            id = holder == null ? known.idByName().get(NameRules.trimmed(given)) : holder;
        }
        return id == null ? null : known.byId().get(id);
    }
}
