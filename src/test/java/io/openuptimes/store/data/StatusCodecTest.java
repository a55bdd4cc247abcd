package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.openuptimes.health.HealthState;
import io.openuptimes.health.HealthState.Form;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.store.data.StatusCodec.Stored;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each layout of a stored status, whole and cut off at every length. */
class StatusCodecTest {

    private static final long CHECKED = 1_700_000_060_000L;
    private static final long SINCE = 1_700_000_000_000L;
    private static final int TAG = 0x8123_4567;
    private static final Phases PHASES = new Phases(1, 2, 3, 4, 500);
    private static final String ERROR = "Größe: connection refused";
    private static final Outcome LATER = Outcome.ofCode(4_711, Status.UP);

    private static Packed head() {
        Packed counts = new Packed(15).fixed(472_222, 3).fixed(7, 3).fixed(6, 3).fixed(1_234, 6);
        return new Packed(64).octet(130).fixed(CHECKED, 6).fixed(TAG, 4).raw(counts.toBytes());
    }

    private static HealthState state(Outcome outcome, String error, int transitions, int interval, Form form, int tag) {
        return new HealthState(outcome, CHECKED, SINCE, transitions, interval, HealthState.hash(error), form, tag);
    }

    private static Packed current(Outcome outcome, String error) {
        Packed out = head();
        StatusCodec.writeRest(
                out,
                new CheckResult("id", CHECKED, outcome, 200, 515, PHASES, error),
                state(outcome, error, 300, 60, Form.CURRENT, TAG));
        return out;
    }

    private static Packed beforeTags(int code, int interval, String error) {
        byte[] text = bytes(error);
        Packed out = new Packed(64)
                .octet(129)
                .octet(code)
                .octet(1)
                .fixed(interval, 3)
                .fixed(CHECKED, 6)
                .fixed(SINCE, 6)
                .raw(new byte[15])
                .fixed(text.length, 2)
                .number(200)
                .number(515);
        for (int phase : new int[] {1, 2, 3, 4, 500}) {
            out.number(phase);
        }
        return out.raw(text);
    }

    private static byte[] text(int code, int previous, String error) {
        return bytes(CHECKED + " " + code + " " + SINCE + " " + previous + " 515 200 1,2,3,4,500 " + error);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ServiceStatus status(Outcome outcome, String error) {
        return new ServiceStatus("id", outcome, CHECKED, SINCE, 200, 515, PHASES, error);
    }

    private static Stored stored(Outcome outcome, String error, int interval, Form form) {
        return new Stored(status(outcome, error), state(outcome, error, 0, interval, form, 0));
    }

    private static Stored stored(Outcome outcome, String error) {
        return new Stored(status(outcome, error), state(outcome, error, 300, 60, Form.CURRENT, TAG));
    }

    static Stream<Arguments> layouts() {
        int unmarked = 0xFFFFFF;
        return Stream.of(
                arguments("up", current(Outcome.UP, "").toBytes(), stored(Outcome.UP, "")),
                arguments("down", current(Outcome.CONNECT, ERROR).toBytes(), stored(Outcome.CONNECT, ERROR)),
                arguments("a later outcome", current(LATER, ERROR).toBytes(), stored(LATER, ERROR)),
                arguments("129", beforeTags(3, 30, ERROR).toBytes(), stored(Outcome.CONNECT, ERROR, 30, Form.MARKED)),
                arguments(
                        "129, an unmarked day",
                        beforeTags(1, unmarked, "").toBytes(),
                        stored(Outcome.UP, "", 0, Form.UNMARKED)),
                arguments(
                        "129, denied",
                        beforeTags(3, 30, Outcome.DENIED_TEXT).toBytes(),
                        stored(Outcome.DENIED, Outcome.DENIED_TEXT, 30, Form.MARKED)),
                arguments("text", text(3, 1, ERROR), stored(Outcome.CONNECT, ERROR, 0, Form.UNMARKED)),
                arguments(
                        "text, denied",
                        text(3, 1, Outcome.DENIED_TEXT),
                        stored(Outcome.DENIED, Outcome.DENIED_TEXT, 0, Form.UNMARKED)),
                arguments("text, a later outcome", text(4_711, 1, ERROR), stored(LATER, ERROR, 0, Form.UNMARKED)),
                arguments(
                        "text, a later outcome without status",
                        text(4_711, 0, ERROR),
                        stored(Outcome.ofCode(4_711), ERROR, 0, Form.UNMARKED)),
                arguments(
                        "unchecked",
                        bytes(StatusCodec.UNCHECKED),
                        new Stored(
                                new ServiceStatus("id", Outcome.NONE, 0, 0, 0, 0, Phases.NONE, ""),
                                HealthState.UNCHECKED)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void is_read(String name, byte[] packed, Stored stored) {
        assertThat(StatusCodec.decodeStored("id", packed)).isEqualTo(stored);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void is_refused_if_cut_off_within_its_numbers_or_its_length(String name, byte[] packed, Stored stored) {
        int error = bytes(stored.status().error()).length;
        boolean hasLength = (packed[0] & 0x80) != 0;
        int shortest = hasLength ? packed.length : packed.length - error;
        for (int length = 0; length < shortest; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatIllegalArgumentException()
                    .as("%d of %d bytes", length, packed.length)
                    .isThrownBy(() -> StatusCodec.decode("id", cut));
        }
        for (int length = shortest; length < packed.length; length++) {
            ServiceStatus read = StatusCodec.decode("id", Arrays.copyOf(packed, length));
            assertThat(read.lastChecked()).isEqualTo(stored.status().lastChecked());
            assertThat(read.error().length())
                    .isLessThanOrEqualTo(stored.status().error().length());
        }
    }

    @Test
    void fields_that_a_later_version_appends_are_skipped() {
        byte[] longer = current(Outcome.CONNECT, ERROR)
                .octet(2) // down, without pending checks and changes
                .number(0)
                .number(0)
                .number(0)
                .octet(0)
                .number(0)
                .number(77)
                .text("later")
                .toBytes();

        assertThat(StatusCodec.decodeStored("id", longer)).isEqualTo(stored(Outcome.CONNECT, ERROR));
    }

    @Test
    void what_a_script_kept_for_a_location_is_skipped() {
        byte[] longer = beforeTags(3, 30, ERROR).raw(new byte[] {1, 2, 3}).toBytes();

        assertThat(StatusCodec.decodeStored("id", longer)).isEqualTo(stored(Outcome.CONNECT, ERROR, 30, Form.MARKED));
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 131, 200, 255})
    void a_status_of_another_version_is_refused(int version) {
        byte[] other = current(Outcome.UP, "").toBytes();
        other[0] = (byte) version;

        assertThatIllegalArgumentException().isThrownBy(() -> StatusCodec.decode("id", other));
    }

    @Test
    void the_next_result_replaces_an_unreadable_status() {
        byte[] unreadable = head().toBytes();

        assertThat(StatusCodec.unreadable(unreadable))
                .isEqualTo(new HealthState(Outcome.NONE, CHECKED, 0, 0, 0, 0, Form.CURRENT, TAG));
        for (int length = 0; length < unreadable.length; length++) {
            assertThat(StatusCodec.unreadable(Arrays.copyOf(unreadable, length)))
                    .isEqualTo(HealthState.UNCHECKED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {131, 255})
    void no_result_replaces_a_status_of_a_later_version(int version) {
        byte[] later = head().toBytes();
        later[0] = (byte) version;

        // the state that no stored status has, so that the script keeps what is there
        assertThat(StatusCodec.unreadable(later)).isEqualTo(HealthState.UNCHECKED);
    }

    @Test
    void the_text_of_an_event_is_read_as_the_same_status() {
        for (Outcome outcome : Stream.concat(Outcome.known().stream(), Stream.of(LATER, Outcome.ofCode(500)))
                .toList()) {
            ServiceStatus status = status(outcome, outcome.isFailure() ? ERROR : "");
            assertThat(StatusCodec.decodeText("id", StatusCodec.encode(status))).isEqualTo(status);
        }
    }
}
