package io.openuptimes.model;

import io.openuptimes.model.field.FieldReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects list entries of services and the problems of each, including duplicate ids and names.
 *
 * <p>Accepts what a list or export returns: {@code id} and {@code createdAt} identify the service, {@code declared} is
 * ignored.
 */
public final class ServiceDrafts {

    /** Maximum number of entries. */
    public static final int MAX_ENTRIES = 200_000;

    /** Accepts generated ids, and more for callers that choose their own. */
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    /** The year 2020; no service is older. */
    private static final long MIN_CREATED_AT = 1_577_836_800_000L;
    /** Tolerates clocks that are ahead. */
    private static final long CREATED_AT_GRACE_MS = 86_400_000;

    private static final String UNKNOWN_ID = "";

    private final long now;
    private final List<ServiceDraft> drafts = new ArrayList<>();
    private final EntryProblems problems = new EntryProblems();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> names = new HashMap<>();
    private int entries;

    /**
     * @param now epoch milliseconds
     */
    public ServiceDrafts(long now) {
        this.now = now;
    }

    /**
     * Adds the next entry.
     *
     * @param entry expected to be a map of fields
     */
    public void add(@Nullable Object entry) {
        int index = entries++;
        if (!(entry instanceof Map<?, ?> map)) {
            problems.add(index, null, Problem.wrongType("entry", "must be an object", "object"));
            return;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        map.forEach((field, value) -> fields.put(String.valueOf(field), value));
        Object name = fields.get("name");
        String shown = name instanceof String text ? Excerpt.ofName(text) : null;
        try {
            String id = id(fields.remove("id"));
            Long createdAt = createdAt(fields.remove("createdAt"));
            declared(fields.remove("declared"));
            ServiceDraft draft = new ServiceDraft(index, id, createdAt, ServiceFields.parse(fields, UNKNOWN_ID, 0));
            unique(names, "name", draft.service().name(), index);
            if (id != null) {
                unique(ids, "id", id, index);
            }
            drafts.add(draft);
        } catch (InvalidInputException e) {
            problems.add(index, shown, e.what());
        }
    }

    private static @Nullable String id(@Nullable Object given) throws InvalidInputException {
        if (given == null) {
            return null;
        }
        if (!(given instanceof String id) || !ID.matcher(id).matches()) {
            throw new InvalidInputException(
                    ProblemCode.INVALID_FORMAT, "id", "must be 1 to 64 letters, digits, - or _");
        }
        return id;
    }

    private @Nullable Long createdAt(@Nullable Object given) throws InvalidInputException {
        return given == null ? null : FieldReader.whole("createdAt", given, MIN_CREATED_AT, now + CREATED_AT_GRACE_MS);
    }

    private static void declared(@Nullable Object given) throws InvalidInputException {
        if (given != null && !(given instanceof Boolean)) {
            throw new InvalidInputException(Problem.wrongType("declared", "must be true or false", "boolean"));
        }
    }

    private static void unique(Map<String, Integer> seen, String field, String value, int index)
            throws InvalidInputException {
        Integer first = seen.putIfAbsent(value, index);
        if (first != null) {
            throw new InvalidInputException(ProblemCode.DUPLICATE, field, "is used by an earlier entry, too");
        }
    }

    /** Number of entries added, including invalid ones. */
    public int entries() {
        return entries;
    }

    /** The valid entries. */
    public List<ServiceDraft> drafts() {
        return drafts;
    }

    public EntryProblems problems() {
        return problems;
    }
}
