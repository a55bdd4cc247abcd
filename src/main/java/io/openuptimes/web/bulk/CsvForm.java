package io.openuptimes.web.bulk;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.openuptimes.model.ServiceCells;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.JsonBody;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A table, as RFC 4180 and spreadsheets have it: columns named in the first line ({@link ServiceCells}), separated by
 * commas, semicolons or tabs, whichever the first line has. Rows are told one by one.
 */
final class CsvForm implements BulkBody {

    /** Columns at most. */
    static final int MAX_COLUMNS = 1_000;

    private static final int MAX_CELL = JsonBody.MAX_BYTES;
    /** Characters of the first line that are looked at for the separator. */
    private static final int LOOK_AHEAD = 4_096;
    /** Memory per cell besides its characters: the text's object, its place in the row and in the entry's map. */
    private static final long CELL_BYTES = 160;

    private final Consumer<@Nullable Object> entries;
    private final LongConsumer cost;
    private final CollectedText text = new CollectedText();
    private final EntryLines lines = new EntryLines();

    CsvForm(Consumer<@Nullable Object> entries, LongConsumer cost) {
        this.entries = entries;
        this.cost = cost;
    }

    @Override
    public void take(byte[] piece) {
        text.add(piece);
    }

    @Override
    public void end() {
        long line = 1;
        try (BufferedReader reader = new BufferedReader(text.reader(), LOOK_AHEAD)) {
            CsvHeader header = null;
            for (CsvRecord row : table(reader)) {
                line = row.getStartingLineNumber();
                List<String> cells = row.getFields();
                long bytes = bytes(cells);
                if (header == null) {
                    header = CsvHeader.of(line, cells);
                } else if (bytes > 0) {
                    lines.add((int) line);
                    cost.accept(bytes);
                    entries.accept(header.fields(line, cells));
                }
            }
            if (header == null) {
                throw Errors.invalid("body", "must have the names of the columns in its first line");
            }
        } catch (CharacterCodingException e) {
            throw notUtf8();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the body is in memory
        } catch (UncheckedIOException | CsvParseException e) {
            throw problem(e, line);
        }
    }

    /** Memory of the non-empty cells; 0 if all are empty. */
    private static long bytes(List<String> cells) {
        long bytes = 0;
        for (String cell : cells) {
            bytes += cell.isEmpty() ? 0 : CELL_BYTES + cell.length();
        }
        return bytes;
    }

    private static CsvReader<CsvRecord> table(BufferedReader reader) throws IOException {
        return CsvReader.builder()
                .fieldSeparator(separator(reader))
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // CsvHeader checks the number of cells
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false) // the file may be cut off
                .maxBufferSize(MAX_CELL)
                .build(
                        CsvRecordHandler.of(handler -> handler.maxFields(MAX_COLUMNS)
                                .maxFieldSize(MAX_CELL)
                                .maxRecordSize(MAX_CELL)),
                        reader);
    }

    /** No column's name has one of these in it. A byte order mark is passed over. */
    private static char separator(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        reader.mark(LOOK_AHEAD + 1);
        char separator = ',';
        for (int i = 0; i < LOOK_AHEAD; i++) {
            int c = reader.read();
            if (c == ';' || c == '\t') {
                separator = (char) c;
            }
            if (c < 0 || c == '\r' || c == '\n' || c == ',' || separator != ',') {
                break;
            }
        }
        reader.reset();
        return separator;
    }

    private static ApiException problem(Throwable e, long line) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return notUtf8();
            }
        }
        return Errors.invalid(
                "body",
                "has a row after line " + line + " that cannot be read: it has more than " + MAX_COLUMNS + " cells or "
                        + MAX_CELL + " characters, or a quote in a cell that is not closed, or not doubled");
    }

    private static ApiException notUtf8() {
        return Errors.invalid("body", CollectedText.NOT_UTF_8);
    }

    @Override
    public EntryLines lines() {
        return lines;
    }
}
