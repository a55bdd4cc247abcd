package io.openuptimes.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.InvalidInputException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorsTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ApiException(429, "Too many requests"), 500, 429, "Too many requests"),
                Arguments.of(new InvalidInputException("ttl", "is required"), 500, 400, "ttl: is required"),
                Arguments.of(new Refused(404, "Service not found"), 500, 404, "Service not found"),
                Arguments.of(bus(400, "url: is required"), 500, 400, "url: is required"),
                Arguments.of(bus(409, "name: taken"), 500, 409, "name: taken"),
                Arguments.of(bus(503, "The store cannot be reached"), 500, 503, "The store cannot be reached"),
                Arguments.of(bus(500, "NullPointerException at 10.0.0.7"), 500, 500, "Internal server error"),
                Arguments.of(
                        new ReplyException(ReplyFailure.TIMEOUT, "x"), 500, 503, "The request timed out; try again"),
                Arguments.of(new IllegalStateException("secret"), 500, 500, "Internal server error"),
                Arguments.of(
                        new IllegalArgumentException("secret"), 400, 400, "path: is not valid percent-encoded UTF-8"),
                Arguments.of(null, 413, 413, "Request Entity Too Large"),
                Arguments.of(null, -1, 500, "Internal server error"));
    }

    private static ReplyException bus(int code, String message) {
        return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, message);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasItsAnswer(Throwable failure, int routerSays, int status, String message) {
        ApiException error = Errors.of(failure, routerSays);

        assertThat(error.status()).isEqualTo(status);
        assertThat(error).hasMessage(message);
    }

    @Test
    void theBodyIsTheContracts() {
        assertThat(Errors.body(404, "Service not found").encode())
                .isEqualTo("{\"error\":true,\"message\":\"Service not found\",\"status\":404}");
    }
}
