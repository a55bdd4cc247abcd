package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stored outcomes, of this version and earlier ones. */
class StoredOutcomeTest {

    private static final String OTHER_TEXT = "something else";

    private static String text(Outcome outcome) {
        return outcome == Outcome.DENIED ? Outcome.DENIED_TEXT : OTHER_TEXT;
    }

    @ParameterizedTest
    @MethodSource("io.openuptimes.model.Outcome#known")
    void eachIsReadAsItWasWritten(Outcome outcome) {
        assertThat(StoredOutcome.of(outcome.code(), text(outcome))).isEqualTo(outcome);
        ServiceStatus status = new ServiceStatus("id", outcome, 5, 4, 0, 3, Phases.NONE, text(outcome));
        assertThat(StatusCodec.decodeText("id", StatusCodec.encode(status))).isEqualTo(status);
    }

    @Test
    void earlierVersionsStoredDeniedAsAFailedConnection() {
        assertThat(StoredOutcome.of(Outcome.CONNECT.code(), Outcome.DENIED_TEXT))
                .isEqualTo(Outcome.DENIED);
        assertThat(StoredOutcome.of(Outcome.CONNECT.code(), "connection refused"))
                .isEqualTo(Outcome.CONNECT);
    }

    @Test
    void theRepeatedTextOfAnOutageIsReadToo() {
        byte[] day = new Packed(8)
                .octet(0x80)
                .octet(0)
                .octet(0x23) // a failed connection and its text
                .number(1)
                .number(2)
                .number(Outcome.DENIED_TEXT.length())
                .raw(Outcome.DENIED_TEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .octet(0x43) // the same text again
                .number(1)
                .number(2)
                .toBytes();
        assertThat(HistoryCodec.decode(day, 0))
                .extracting(HistoryEntry::outcome)
                .containsOnly(Outcome.DENIED);
    }
}
