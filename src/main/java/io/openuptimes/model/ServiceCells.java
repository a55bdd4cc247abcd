package io.openuptimes.model;

import io.openuptimes.model.field.FieldKind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service's fields as the cells of a table: a column per field, and one per header ({@code headers.X-Name}) and label
 * ({@code labels.team}).
 *
 * <p>An empty cell is an absent field; {@code ""} in a cell is an empty text. A cell that a spreadsheet would take for
 * a formula is written with a {@code '} in front, and one {@code '} in front is dropped when a cell is read.
 */
public final class ServiceCells {

    /** Fields that have a column per member. */
    private static final Set<String> MAPS = names(field -> field.rules().kind() == FieldKind.TEXTS);
    /** Not exported, because they are derived or spreadsheets would round them; read from older exports. */
    private static final Set<String> NOT_WRITTEN = names(field -> field.rules().derived()
            || (field.rules().serverSet() && !field.name().equals("id")));
    /** Texts that are empty by default: no column tells that from absent. */
    private static final Set<String> EMPTY_BY_DEFAULT =
            names(field -> "".equals(field.any().defaultJson()));

    private static final String EMPTY_TEXT = "\"\"";
    private static final String MARK = "'";
    /** What spreadsheets take for a formula, or drop. */
    private static final String FORMULA = "=+-@\t\r";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");
    private static final Pattern BETWEEN_NAMES = Pattern.compile("[\\s,;]+");

    private ServiceCells() {}

    private static Set<String> names(Predicate<ServiceField> which) {
        return ServiceFields.ALL.stream().filter(which).map(ServiceField::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A column of a table. Parsed once per table, so that all its rows share the names.
     *
     * @param field the service's field
     * @param member the key in that field that the column shows; null if it shows a whole field
     */
    public record Column(String field, @Nullable String member) {}

    /**
     * The column of that name.
     *
     * @throws InvalidInputException if there is no such column
     */
    public static Column column(String column) throws InvalidInputException {
        String map = memberOf(column);
        if (map != null) {
            return new Column(map, column.substring(map.length() + 1));
        }
        if (!ServiceFields.SHOWN.contains(column) || MAPS.contains(column)) {
            throw new InvalidInputException(
                    Excerpt.ofName(column),
                    "unknown column; there are "
                            + ServiceFields.SHOWN.stream()
                                    .filter(name -> !MAPS.contains(name))
                                    .collect(Collectors.joining(", "))
                            + ", headers.X-Name for a header and labels.key for a label");
        }
        return new Column(column, null);
    }

    /**
     * The fields of one row, as a caller of the API would send them. A cell that is not of its column's type is left a
     * text, which {@link ServiceFields#parse} refuses by name.
     *
     * @param cells one per column, at least
     */
    public static Map<String, @Nullable Object> fields(List<Column> columns, List<String> cells) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String cell = cells.get(i);
            if (cell.isEmpty()) {
                continue;
            }
            if (column.member() == null) {
                fields.put(column.field(), value(kind(column.field()), unmarked(cell)));
            } else {
                members(fields, column.field()).put(column.member(), unmarked(cell));
            }
        }
        return fields;
    }

    @SuppressWarnings("unchecked") // put there as such
    private static Map<String, Object> members(Map<String, @Nullable Object> fields, String map) {
        Object members = fields.computeIfAbsent(map, field -> new LinkedHashMap<String, Object>());
        return (Map<String, Object>) Objects.requireNonNull(members);
    }

    /** The field that the column shows a member of; null if it shows a whole field. */
    private static @Nullable String memberOf(String column) {
        int dot = column.indexOf('.');
        return dot > 0 && dot < column.length() - 1 && MAPS.contains(column.substring(0, dot))
                ? column.substring(0, dot)
                : null;
    }

    private static FieldKind kind(String field) {
        return Objects.requireNonNull(ServiceFields.named(field)).rules().kind();
    }

    private static Object value(FieldKind kind, String cell) {
        String word = cell.strip();
        return switch (kind) {
            case TEXT, TEXTS -> cell;
            case WHOLE, TIME -> NUMBER.matcher(word).matches() ? new BigDecimal(word) : cell;
            case FLAG ->
                switch (word.toLowerCase(Locale.ROOT)) { // Excel writes TRUE, a German one WAHR
                    case "true", "wahr" -> true;
                    case "false", "falsch" -> false;
                    default -> cell;
                };
            case NAMES ->
                Arrays.stream(BETWEEN_NAMES.split(word))
                        .filter(name -> !name.isEmpty())
                        .toList();
        };
    }

    private static String unmarked(String cell) {
        if (cell.startsWith(MARK)) {
            return cell.substring(1);
        }
        return cell.equals(EMPTY_TEXT) ? "" : cell;
    }

    /**
     * The columns that show all of these services: those of all fields that a caller can set and of {@code id}, with
     * the headers and labels that any has.
     *
     * @param most columns at most
     * @return null if there are more
     */
    public static @Nullable List<String> columns(Iterable<Service> services, int most) {
        Map<String, Set<String>> members = new LinkedHashMap<>();
        MAPS.forEach(field -> members.put(field, field.equals("labels") ? new TreeSet<>() : new LinkedHashSet<>()));
        for (Service service : services) {
            members.forEach((field, keys) -> keys.addAll(memberKeys(service, field)));
            if (members.values().stream().mapToInt(Set::size).sum() > most - ServiceFields.SHOWN.size()) {
                return null;
            }
        }
        Set<String> columns = new LinkedHashSet<>();
        for (String field : ServiceFields.SHOWN) {
            Set<String> keys = members.get(field);
            if (keys != null) {
                keys.forEach(key -> columns.add(field + "." + key));
            } else if (!NOT_WRITTEN.contains(field)) {
                columns.add(field);
            }
        }
        return List.copyOf(columns);
    }

    private static Collection<String> memberKeys(Service service, String field) {
        Object value = ServiceFields.json(service, field);
        return value instanceof Map<?, ?> map
                ? map.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }

    /**
     * A service's cell in that column.
     *
     * @param fields as {@link ServiceView} shows them
     */
    public static String cell(Map<String, Object> fields, String column) {
        String map = memberOf(column);
        Object value = map == null
                ? fields.get(column)
                : fields.get(map) instanceof Map<?, ?> members ? members.get(column.substring(map.length() + 1)) : null;
        if (value == null) {
            return "";
        }
        if (value instanceof List<?> names) {
            return names.stream().map(String::valueOf).collect(Collectors.joining(" "));
        }
        return value instanceof String text ? marked(column, text) : value.toString();
    }

    private static String marked(String column, String text) {
        if (text.isEmpty()) {
            return EMPTY_BY_DEFAULT.contains(column) ? "" : EMPTY_TEXT;
        }
        boolean mark = FORMULA.indexOf(text.charAt(0)) >= 0 || text.startsWith(MARK) || text.equals(EMPTY_TEXT);
        return mark ? MARK + text : text;
    }
}
