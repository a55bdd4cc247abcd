package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.RunningApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Event streams do not delay the shutdown. */
class EventsStopTest {

    @Test
    void openStreamsEndWithTheService() throws Exception {
        RunningApp app = RunningApp.start(Map.of("OPENUPTIMES_RATE_LIMIT", "0", "OPENUPTIMES_HTTP_INSTANCES", "2"));
        List<EventReader> readers = new ArrayList<>();
        CompletableFuture<Void> closed;
        try {
            for (int i = 0; i < 50; i++) {
                readers.add(new EventReader("http://127.0.0.1:" + app.port() + "/api/events"));
            }
            for (EventReader reader : readers) {
                eventually(() -> assertThat(reader.events()).isNotEmpty());
            }
        } finally {
            closed = CompletableFuture.runAsync(() -> {
                try {
                    app.close();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
        }

        eventually(() -> assertThat(readers).allMatch(EventReader::isEnded));
        assertThat(readers).noneMatch(EventReader::isCutOff);
        closed.get(60, TimeUnit.SECONDS);
        readers.forEach(EventReader::close);
    }
}
