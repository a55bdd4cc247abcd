package io.openuptimes.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Runs with the classes of a next version and reports how they handle a service's fields. */
public final class NextFieldProbe implements UnaryOperator<Map<String, Object>> {

    @Override
    public Map<String, Object> apply(Map<String, Object> given) {
        Map<String, Object> seen = new HashMap<>();
        try {
            Service service = ServiceFields.parse(given, "1", 1);
            seen.put("stored", ServiceFields.toStored(service));
            seen.put("shown", ServiceView.of(service, Disclosure.READER));
            seen.put("columns", Objects.requireNonNull(ServiceCells.columns(List.of(service), 100)));
            Map<String, Object> cleared = new HashMap<>();
            cleared.put("runbook", null);
            Service patched = new ServiceParser(ServicePatch.merged(service, cleared)).replacing(service);
            seen.put("patched", ServiceView.of(patched, Disclosure.READER));
            seen.put("plain", ServiceFields.toStored(patched));
            seen.put(
                    "rules",
                    Objects.requireNonNull(ServiceFields.named("runbook"))
                            .rules()
                            .toMap());
            Map<String, Object> tooLong = new HashMap<>(given);
            tooLong.put("runbook", "x".repeat(2_001));
            ServiceFields.parse(tooLong, "1", 1);
        } catch (InvalidInputException e) {
            seen.put("tooLong", String.valueOf(e.getMessage()));
        }
        return seen;
    }
}
