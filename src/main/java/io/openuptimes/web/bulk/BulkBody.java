package io.openuptimes.web.bulk;

import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.JsonBody;
import io.openuptimes.web.http.MediaTypes;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The services in the body of a request, in one of the forms that are taken. Its methods are called by workers. */
public interface BulkBody {

    /** The member or key with the list, where the body is not the list itself. */
    String LIST = "services";

    /** Types that are taken, for messages. */
    String TYPES = MediaTypes.JSON + ", " + MediaTypes.NDJSON + ", " + MediaTypes.CSV + " or " + MediaTypes.YAML;

    /**
     * Takes the next bytes, to be left alone from then on.
     *
     * @throws ApiException 400 if they cannot be taken
     */
    void take(byte[] piece);

    /**
     * That was all; every entry has been told when this returns.
     *
     * @throws ApiException 400 if something is wrong or missing
     */
    void end();

    /** Where the entries told so far are. */
    EntryLines lines();

    /**
     * A body of the type that the request names.
     *
     * @param contentType of the request
     * @param entries told each entry, of any type: maps, lists and values as those of JSON
     * @param cost told how many more bytes of memory are about to be used; throws if there are too many
     * @throws ApiException 415 if the type is not taken
     */
    static BulkBody of(@Nullable String contentType, Consumer<@Nullable Object> entries, LongConsumer cost) {
        return switch (MediaTypes.of(contentType)) {
            case MediaTypes.NDJSON -> new JsonForm(true, entries);
            case MediaTypes.CSV -> new CsvForm(entries, cost);
            case MediaTypes.YAML -> new YamlForm(entries, cost);
            default -> {
                JsonBody.refuseOtherTypes(contentType, TYPES);
                yield new JsonForm(false, entries);
            }
        };
    }
}
