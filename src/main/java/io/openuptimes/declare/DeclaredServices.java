package io.openuptimes.declare;

import io.openuptimes.bus.DeclareMessage.DeclaredProblem;
import io.openuptimes.model.EntryProblem;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.ServiceDrafts;
import io.openuptimes.runtime.Sha256;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file's services, or its problems. A single problem makes the whole file invalid.
 *
 * @param services the fields of each, as in an API request; empty if there are problems
 * @param problems the first problems
 * @param problemCount total number of problems
 */
record DeclaredServices(List<Map<String, Object>> services, List<DeclaredProblem> problems, int problemCount) {

    private static final String LIST = "services";
    /** Keys with this prefix are ignored and can hold anchors. */
    private static final String OWN_KEY = "x-";

    /** No services and no problems. */
    static DeclaredServices none() {
        return refused(List.of(), 0);
    }

    /** A file rejected for one reason. */
    static DeclaredServices bad(DeclaredProblem problem) {
        return refused(List.of(problem), 1);
    }

    /** A file rejected for several reasons. */
    static DeclaredServices refused(List<DeclaredProblem> problems, int count) {
        return new DeclaredServices(List.of(), problems, count);
    }

    /**
     * @param content of the file
     * @param json whether it is JSON; otherwise YAML
     * @param variables substituted in its texts
     * @param now epoch milliseconds
     */
    static DeclaredServices read(byte[] content, boolean json, Variables variables, long now) {
        try {
            return read(list(Document.read(content, json)), variables, now);
        } catch (InvalidInputException e) {
            return bad(new DeclaredProblem(null, null, e.what()));
        }
    }

    /** An empty list deletes all declared services, so it must be explicit; a truncated file must not look like one. */
    private static List<?> list(@Nullable Object document) throws InvalidInputException {
        if (!(document instanceof Map<?, ?> map)) {
            throw new InvalidInputException("file", "must have a top-level list " + LIST + "; use [] for none");
        }
        for (Object key : map.keySet()) {
            if (!LIST.equals(key) && !(key instanceof String own && own.startsWith(OWN_KEY))) {
                throw new InvalidInputException(String.valueOf(key), "unknown top-level key; the only one is " + LIST);
            }
        }
        if (!(map.get(LIST) instanceof List<?> list)) {
            throw new InvalidInputException(LIST, "must be a list; use [] for none");
        }
        if (list.size() > ServiceDrafts.MAX_ENTRIES) {
            throw new InvalidInputException(LIST, "must have at most " + ServiceDrafts.MAX_ENTRIES + " entries");
        }
        return list;
    }

    private static DeclaredServices read(List<?> list, Variables variables, long now) {
        ServiceDrafts drafts = new ServiceDrafts(now);
        variables.files().begin();
        List<Map<String, Object>> services = new ArrayList<>(list.size());
        Map<Integer, DeclaredProblem> unset = new TreeMap<>();
        for (int i = 0; i < list.size(); i++) {
            Object entry = list.get(i);
            try {
                entry = expanded(entry, variables);
            } catch (InvalidInputException e) {
                unset.put(i, new DeclaredProblem(i, nameOf(entry), e.what()));
            }
            drafts.add(entry);
            if (entry instanceof Map<?, ?> map) {
                services.add(fields(map));
            }
        }
        List<DeclaredProblem> problems = new ArrayList<>(unset.values());
        int hidden = 0;
        for (EntryProblem problem : drafts.problems().kept()) {
            if (unset.containsKey(problem.index())) {
                hidden++; // a consequence of a failed substitution
            } else {
                // use the name as written in the file; a substituted one may contain a secret
                problems.add(new DeclaredProblem(problem.index(), nameOf(list.get(problem.index())), problem.what()));
            }
        }
        problems.sort(Comparator.comparing(DeclaredServices::entryOf));
        return problems.isEmpty()
                ? new DeclaredServices(List.copyOf(services), List.of(), 0)
                : new DeclaredServices(
                        List.of(), List.copyOf(problems), drafts.problems().total() - hidden + unset.size());
    }

    /** Hash of the declared services after substitution, equal on nodes with equal declarations. */
    String digest() {
        byte[] json = new JsonArray(services).toBuffer().getBytes();
        return HexFormat.of().formatHex(Sha256.digest().digest(json));
    }

    private static @Nullable String nameOf(@Nullable Object entry) {
        return entry instanceof Map<?, ?> map && map.get("name") instanceof String name && name.length() <= 200
                ? name
                : null;
    }

    private static int entryOf(DeclaredProblem problem) {
        return Objects.requireNonNullElse(problem.entry(), -1);
    }

    static DeclaredProblem problem(EntryProblem problem) {
        return new DeclaredProblem(problem.index(), problem.name(), problem.what());
    }

    /** Substitutes in texts of the entry, its headers and its labels; other values are left to the field validation. */
    private static @Nullable Object expanded(@Nullable Object entry, Variables variables) throws InvalidInputException {
        return entry instanceof Map<?, ?> map ? expanded("", map, variables) : entry;
    }

    private static Map<String, @Nullable Object> expanded(String prefix, Map<?, ?> map, Variables variables)
            throws InvalidInputException {
        Map<String, @Nullable Object> expanded = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String field = String.valueOf(entry.getKey());
            Object value = entry.getValue();
            if (value instanceof String text) {
                value = variables.expand(prefix + field, text);
            } else if (value instanceof Map<?, ?> inner && prefix.isEmpty()) {
                value = expanded(field + ".", inner, variables);
            }
            expanded.put(field, value);
        }
        return expanded;
    }

    @Override
    public String toString() {
        return "DeclaredServices[" + services.size() + " services]"; // headers and body may hold secrets
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // values may be null, as in a JSON object; readers handle that
    private static Map<String, Object> fields(Map<?, ?> entry) {
        return (Map<String, Object>) entry;
    }
}
