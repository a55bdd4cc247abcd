package io.openuptimes.web.bulk;

import io.openuptimes.web.http.JsonEntries;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** JSON, or an object per line; read while it comes. */
final class JsonForm implements BulkBody {

    private final JsonEntries entries;

    /**
     * @param perLine whether it is NDJSON
     */
    JsonForm(boolean perLine, Consumer<@Nullable Object> entries) {
        this.entries = new JsonEntries(perLine, LIST, entries);
    }

    @Override
    public void take(byte[] piece) {
        entries.feed(piece);
    }

    @Override
    public void end() {
        entries.end();
    }

    @Override
    public EntryLines lines() {
        return new EntryLines();
    }
}
