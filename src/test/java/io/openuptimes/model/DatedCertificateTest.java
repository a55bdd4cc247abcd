package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The warning for a certificate on a given day. */
class DatedCertificateTest {

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private static ServerCertificate certificate(String from, String to, String chainTo) {
        return new ServerCertificate(millis(from), millis(to), millis(chainTo), "CN=CA", List.of("a.example"), "00");
    }

    private static @Nullable Warning warning(String from, String to, String chainTo, String now) {
        return DatedCertificate.of(certificate(from, to, chainTo), millis(now)).warning();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-10T12:00:00Z, 2026-03-01T00:00:00Z, 9",
        "2026-03-10T12:00:00Z, 2026-03-01T23:59:59.999Z, 9",
        "2026-03-10T12:00:00Z, 2026-03-02T00:00:00Z, 8",
        "2026-03-10T00:00:00Z, 2026-03-09T23:59:59.999Z, 1",
        "2026-03-10T00:00:00Z, 2026-03-10T00:00:00Z, 0",
        "2026-03-10T12:00:00Z, 2026-03-10T23:00:00Z, 0",
        "2026-03-10T12:00:00Z, 2026-03-11T00:00:00Z, -1",
        "9999-12-31T23:59:59Z, 2026-03-11T00:00:00Z, 2912373",
    })
    void daysLeftAreWholeDaysUtc(String to, String now, long days) {
        ServerCertificate certificate = certificate("2025-03-10T00:00:00Z", to, to);

        assertThat(DatedCertificate.of(certificate, millis(now)).daysLeft()).isEqualTo(days);
    }

    /** From, to, now, and whether there is a warning. */
    @ParameterizedTest
    @CsvSource({
        // a year: below 14 days, from the start of the day
        "2025-03-15T12:00:00Z, 2026-03-15T12:00:00Z, 2026-03-01T23:59:59Z, false",
        "2025-03-15T12:00:00Z, 2026-03-15T12:00:00Z, 2026-03-02T00:00:00Z, true",
        "2025-03-15T00:00:00Z, 2026-03-15T00:00:00Z, 2026-03-01T12:00:00Z, false",
        // ninety days: the limit is still 14 days, as a fifth is longer
        "2026-01-01T00:00:00Z, 2026-04-01T00:00:00Z, 2026-03-18T12:00:00Z, false",
        "2026-01-01T00:00:00Z, 2026-04-01T00:00:00Z, 2026-03-19T00:00:00Z, true",
        // thirty days: below six
        "2026-03-01T00:00:00Z, 2026-03-31T00:00:00Z, 2026-03-25T23:00:00Z, false",
        "2026-03-01T00:00:00Z, 2026-03-31T00:00:00Z, 2026-03-26T00:00:00Z, true",
        // six days: below 28 hours and 48 minutes
        "2026-03-01T00:00:00Z, 2026-03-07T04:48:00Z, 2026-03-06T00:00:00Z, true",
        "2026-03-01T06:00:00Z, 2026-03-07T06:00:00Z, 2026-03-06T12:00:00Z, false",
        "2026-03-01T06:00:00Z, 2026-03-07T06:00:00Z, 2026-03-07T00:00:00Z, true",
        // expired, and invalid dates
        "2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z, 2026-05-01T00:00:00Z, true",
        "2026-03-02T00:00:00Z, 2026-03-01T00:00:00Z, 2026-02-01T00:00:00Z, false",
    })
    void warnsBelow14DaysOrAFifthOfItsValidity(String from, String to, String now, boolean warns) {
        assertThat(warning(from, to, to, now) != null).isEqualTo(warns);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-10T12:00:00Z, 2027-01-01T00:00:00Z, certificate-expires, 9, Certificate expires in 9 days",
        "2026-03-02T12:00:00Z, 2027-01-01T00:00:00Z, certificate-expires, 1, Certificate expires in 1 day",
        "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z, certificate-expires, 0, Certificate expires today",
        "2026-02-28T12:00:00Z, 2027-01-01T00:00:00Z, certificate-expires, -1, Certificate expired 1 day ago",
        "2026-10-10T12:00:00Z, 2026-03-03T00:00:00Z, chain-expires, 2, A certificate in the chain expires in 2 days",
    })
    void saysWhichExpiresFirstAndWhen(String to, String chainTo, String code, long days, String message) {
        assertThat(warning("2025-03-10T00:00:00Z", to, chainTo, "2026-03-01T10:00:00Z"))
                .isEqualTo(new Warning(code, message, days));
    }

    @Test
    void staysTheSameUntilMidnight() {
        String to = "2026-03-10T12:00:00Z";
        DatedCertificate dated =
                DatedCertificate.of(certificate("2025-03-10T00:00:00Z", to, to), millis("2026-03-01T10:00:00Z"));

        assertThat(dated.at(dated.until() - 1)).isSameAs(dated);
        assertThat(dated.at(dated.until()).daysLeft()).isEqualTo(8);
        assertThat(dated.until()).isEqualTo(millis("2026-03-02T00:00:00Z"));
    }

    @Test
    void whatAServerShowsIsBounded() {
        ServerCertificate huge = new ServerCertificate(
                0, 1, 1, "x".repeat(100_000), Collections.nCopies(5_000, "n".repeat(10_000)), "00");

        assertThat(huge.names()).hasSize(100).allSatisfy(name -> assertThat(name)
                .hasSize(255));
        assertThat(huge.issuer()).hasSize(1_000);
    }
}
