package io.openuptimes.web.bulk;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.openuptimes.model.ServiceCells;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** A table as RFC 4180 has it, its columns named in the first line. */
final class CsvExport implements ExportForm {

    private final List<String> columns;
    private final StringWriter written = new StringWriter();
    private final CsvWriter writer =
            CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).bufferSize(0).build(written);

    CsvExport(List<String> columns) {
        this.columns = columns;
    }

    @Override
    public String head() {
        return row(columns);
    }

    @Override
    public String entry(Map<String, Object> fields, boolean first) {
        return row(columns.stream()
                .map(column -> ServiceCells.cell(fields, column))
                .toList());
    }

    private String row(List<String> cells) {
        written.getBuffer().setLength(0);
        writer.writeRecord(cells);
        return written.toString();
    }

    @Override
    public String end(boolean any) {
        return "";
    }
}
