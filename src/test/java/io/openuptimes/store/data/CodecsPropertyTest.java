package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Bytes of another version, or damaged ones, end in an answer or a plain refusal, never in an endless or a huge one. */
class CodecsPropertyTest {

    @Property(tries = 2_000)
    void a_day_of_any_bytes_has_no_more_entries_than_bytes(@ForAll byte[] day) {
        assertThat(HistoryCodec.decode(day, 0)).hasSizeLessThanOrEqualTo(day.length);
    }

    @Property(tries = 2_000)
    void a_status_of_any_bytes_is_read_or_refused(@ForAll byte[] packed) {
        try {
            StatusCodec.decode("id", packed);
        } catch (IllegalArgumentException | IndexOutOfBoundsException refused) {
            // the caller takes the service for unchecked
        }
    }
}
