package io.openuptimes.web.bulk;

import io.openuptimes.model.Excerpt;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.ServiceCells;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Errors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table. Columns without a name may stand at its end, as spreadsheets leave them, and are empty.
 *
 * @param columns in the order of the cells
 */
record CsvHeader(List<ServiceCells.Column> columns) {

    private static final List<String> REQUIRED = List.of("name", "url");

    /**
     * @throws ApiException 400 if a column is unknown, is there twice, or is missing
     */
    static CsvHeader of(long line, List<String> cells) {
        List<ServiceCells.Column> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int named = cells.size();
        while (named > 0 && cells.get(named - 1).isBlank()) {
            named--;
        }
        for (String cell : cells.subList(0, named)) {
            String column = cell.strip();
            if (column.isEmpty()) {
                throw Errors.invalid("line " + line, "column " + (columns.size() + 1) + " has no name");
            }
            try {
                columns.add(ServiceCells.column(column));
            } catch (InvalidInputException e) {
                throw Errors.invalid("line " + line + ", " + e.field(), e.problem());
            }
            if (!seen.add(column)) {
                throw Errors.invalid("line " + line + ", " + Excerpt.ofName(column), "is there twice");
            }
        }
        for (String required : REQUIRED) {
            if (!seen.contains(required)) {
                throw Errors.invalid("line " + line + ", " + required, "is required as a column");
            }
        }
        return new CsvHeader(List.copyOf(columns));
    }

    /**
     * The fields of a row.
     *
     * @throws ApiException 400 if it has fewer or more cells than there are columns: the table may be cut off
     */
    Map<String, @Nullable Object> fields(long line, List<String> cells) {
        boolean surplus = cells.stream().skip(columns.size()).anyMatch(cell -> !cell.isEmpty());
        if (surplus || cells.size() < columns.size()) {
            throw Errors.invalid(
                    "line " + line, "has " + cells.size() + " cells, but there are " + columns.size() + " columns");
        }
        return ServiceCells.fields(columns, cells);
    }
}
