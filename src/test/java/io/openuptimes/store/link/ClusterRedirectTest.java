package io.openuptimes.store.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.openuptimes.bus.Failures;
import io.openuptimes.store.link.Redirect.Kind;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterRedirectTest {

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("MOVED 3999 127.0.0.1:6381", new Redirect(Kind.MOVED, "127.0.0.1:6381")),
                arguments("ASK 1 [::1]:6381", new Redirect(Kind.ASK, "[::1]:6381")),
                arguments("ERR [1] ASK 1 host:1", new Redirect(Kind.ASK, "host:1")), // of a batch
                arguments("TRYAGAIN Multiple keys request during rehashing of slot", new Redirect(Kind.TRYAGAIN, null)),
                arguments("CLUSTERDOWN Hash slot not served", new Redirect(Kind.CLUSTERDOWN, null)));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void is_read_of_an_error(String error, Redirect redirect) {
        assertThat(Redirect.of(ErrorType.create(error))).isEqualTo(redirect);
        assertThat(Failures.codeOf(RedisErrors.forCaller(ErrorType.create(error))))
                .isEqualTo(Failures.STORE_UNREACHABLE);
    }

    @Test
    void is_nothing_else() {
        assertThat(Redirect.of(ErrorType.create("ERR TASK MOVED"))).isNull();
        assertThat(Redirect.of(new IllegalStateException("MOVED 1 a:1"))).isNull();
    }
}
