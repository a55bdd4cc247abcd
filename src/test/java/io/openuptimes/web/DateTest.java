package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Eventually;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every response has a {@code Date}, including those that reach no operation. */
class DateTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @ParameterizedTest
    @CsvSource({
        "GET, /",
        "GET, /api/status",
        "GET, /api/services",
        "POST, /api/status",
        "GET, /nothing",
        "OPTIONS, /api/status",
        "GET, /healthz",
        "PROPFIND, /api/status"
    })
    void everyAnswerHasOne(String method, String path) {
        String date = api.send(method, path, null).header("Date");

        assertThat(date).matches("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT");
        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isCloseTo(Instant.now(), Assertions.within(1, ChronoUnit.MINUTES));
    }

    @Test
    void itMovesOn() throws Exception {
        String first = api.get("/healthz").header("Date");
        Eventually.eventually(
                () -> assertThat(api.get("/healthz").header("Date")).isNotEqualTo(first));
    }
}
