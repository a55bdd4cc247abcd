package io.openuptimes.web.list;

import io.openuptimes.model.Excerpt;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.web.board.FoldedText;
import io.openuptimes.web.board.Shown;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Query;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a paged list: which services, and in which order.
 *
 * @param limit maximum number of entries on the page
 * @param offset number of entries to skip
 * @param after position to continue after, instead of an offset; null for none
 * @param sought case-folded search text; empty for none
 * @param states states to include; empty for all
 * @param groups groups to include, the empty one for ungrouped services; empty for all
 * @param names names to include; empty for all
 * @param labels labels that services must match
 * @param within selector that the caller is limited to; nothing outside it shows, not even in counts
 * @param stale whether services must be stale; null for either
 * @param warnings whether services must have warnings; null for either
 * @param sort sort key
 * @param descending whether the order is reversed
 * @param withGroups whether to include group totals
 * @param withLabels whether to include the labels found on the list
 * @param fields fields to include in each entry; null for all
 */
public record ListQuery(
        int limit,
        int offset,
        @Nullable ListPosition after,
        String sought,
        Set<Shown> states,
        Set<String> groups,
        Set<String> names,
        LabelSelector labels,
        LabelSelector within,
        @Nullable Boolean stale,
        @Nullable Boolean warnings,
        SortKey sort,
        boolean descending,
        boolean withGroups,
        boolean withLabels,
        @Nullable Set<String> fields) {

    private static final List<String> FILTERS =
            List.of("limit", "q", "status", "group", "label", "stale", "warnings", "fields");
    private static final List<String> OF_PAGES = List.of("cursor", "offset", "sort", "include");
    private static final Set<String> INCLUDES = Set.of("groups", "labels");
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_SOUGHT = 200;
    private static final int MAX_NAMES = 100;

    /**
     * The parameters that select services and their fields.
     *
     * @param names the parameter that selects by name
     */
    public static List<String> filters(String names) {
        return Stream.concat(FILTERS.stream(), Stream.of(names)).toList();
    }

    /** The parameters of {@link #filters}, and those for paging. */
    public static List<String> parameters(String names) {
        return Stream.concat(filters(names).stream(), OF_PAGES.stream()).toList();
    }

    /**
     * @param names the parameter that selects by name
     * @param fields valid fields of an entry
     * @return null if none of the parameters is present: the caller wants the whole list in its plain form
     * @throws ApiException 400 if a parameter is invalid
     */
    public static @Nullable ListQuery parse(Query query, String names, Set<String> fields) {
        if (parameters(names).stream().noneMatch(query::has)) {
            return null;
        }
        String sort = query.text("sort");
        boolean descending = sort != null && sort.startsWith("-");
        SortKey key = sort == null ? SortKey.NAME : key(descending ? sort.substring(1) : sort);
        String cursor = query.text("cursor");
        int offset = (int) query.whole("offset", 0, 0, Integer.MAX_VALUE);
        if (cursor != null && offset > 0) {
            throw Errors.invalid("offset", "cannot be combined with cursor");
        }
        Set<String> includes = includes(query);
        return new ListQuery(
                (int) query.whole("limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
                offset,
                cursor == null ? null : ListPosition.parse(cursor, key, descending),
                sought(query),
                states(query),
                query.groups(),
                query.some(names, MAX_NAMES),
                query.labels(),
                LabelSelector.ALL,
                query.has("stale") ? query.flag("stale") : null,
                query.has("warnings") ? query.flag("warnings") : null,
                key,
                descending,
                includes.contains("groups"),
                includes.contains("labels"),
                fields(query, fields));
    }

    /** Whether the query is for all services by name, without anything that has to examine each of them. */
    boolean isPlain() {
        return sort == SortKey.NAME
                && sought.isEmpty()
                && states.isEmpty()
                && groups.isEmpty()
                && names.isEmpty()
                && labels.isAll()
                && within.isAll()
                && stale == null
                && warnings == null
                && !withLabels;
    }

    /** Whether it filters by labels or requests them, which only callers that see labels may do. */
    public boolean isOfLabels() {
        return withLabels || !labels.isAll();
    }

    /** Whether it asks for one service by name. */
    public boolean isOfOne() {
        return names.size() == 1;
    }

    /** Whether the caller is limited to some services by labels. */
    boolean isConfined() {
        return !within.isAll();
    }

    /** The query, limited to the services that the caller can see. */
    public ListQuery confinedTo(LabelSelector services) {
        return new ListQuery(
                limit,
                offset,
                after,
                sought,
                states,
                groups,
                names,
                labels,
                services,
                stale,
                warnings,
                sort,
                descending,
                withGroups,
                withLabels,
                fields);
    }

    /** The first page of all services by name. */
    public static ListQuery firstPage() {
        return new ListQuery(
                MAX_LIMIT,
                0,
                null,
                "",
                Set.of(),
                Set.of(),
                Set.of(),
                LabelSelector.ALL,
                LabelSelector.ALL,
                null,
                null,
                SortKey.NAME,
                false,
                false,
                false,
                null);
    }

    private static @Nullable Set<String> fields(Query query, Set<String> known) {
        if (!query.has("fields")) {
            return null;
        }
        Set<String> fields = new LinkedHashSet<>();
        for (String text : query.all("fields")) {
            for (String field : text.split(",", -1)) {
                if (!known.contains(field)) {
                    throw Errors.invalid(
                            "fields",
                            "unknown field " + Excerpt.ofName(field) + "; known fields: " + String.join(", ", known));
                }
                fields.add(field);
            }
        }
        return fields;
    }

    /** A copy without the filters on state. */
    public ListQuery inAnyState() {
        return new ListQuery(
                limit,
                offset,
                after,
                sought,
                Set.of(),
                groups,
                names,
                labels,
                within,
                null,
                null,
                sort,
                descending,
                withGroups,
                withLabels,
                fields);
    }

    /** A copy without paging and field selection. */
    ListQuery inWhole() {
        return new ListQuery(
                MAX_LIMIT,
                0,
                null,
                sought,
                states,
                groups,
                names,
                labels,
                within,
                stale,
                warnings,
                sort,
                descending,
                withGroups,
                withLabels,
                null);
    }

    private static SortKey key(String word) {
        for (SortKey key : SortKey.values()) {
            if (key.word().equals(word)) {
                return key;
            }
        }
        throw Errors.invalid(
                "sort",
                "must be one of "
                        + Arrays.stream(SortKey.values()).map(SortKey::word).collect(Collectors.joining(", "))
                        + ", optionally with a leading - to reverse the order");
    }

    private static String sought(Query query) {
        String text = query.text("q");
        if (text == null) {
            return "";
        }
        if (text.codePointCount(0, text.length()) > MAX_SOUGHT) {
            throw Errors.invalid("q", "must be at most " + MAX_SOUGHT + " characters");
        }
        return FoldedText.fold(text);
    }

    private static Set<Shown> states(Query query) {
        Set<Shown> states = EnumSet.noneOf(Shown.class);
        for (String word : query.all("status")) {
            states.add(Arrays.stream(Shown.values())
                    .filter(state -> state.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> Errors.invalid("status", "must be up, down, unknown or paused")));
        }
        return states;
    }

    private static Set<String> includes(Query query) {
        List<String> wanted = query.all("include");
        if (!INCLUDES.containsAll(wanted)) {
            throw Errors.invalid("include", "must be groups or labels");
        }
        return Set.copyOf(wanted);
    }
}
