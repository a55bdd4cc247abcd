package io.openuptimes.web.board;

import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Service;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bulk changes concurrent with single ones. */
class BulkChangesTest {

    private static final int MANY = 50_000;

    private final Vertx vertx = Vertx.vertx();
    private final StatusBoard board = new StatusBoard();
    private final BulkChanges bulks = new BulkChanges(vertx, board);

    @AfterEach
    void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static List<Service> some(String prefix) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> service("id" + i, prefix + i))
                .toList();
    }

    @Test
    void theyComeInSlicesAndWhatIsNewerStays() {
        CompletableFuture<Integer> early = new CompletableFuture<>();
        CompletableFuture<String> ended = new CompletableFuture<>();
        vertx.runOnContext(start -> {
            board.load(List.of(service("gone", "gone")), List.of());
            bulks.add(some("first "), List.of(), List.of("gone"));
            early.complete(board.size());
            bulks.overtake("id7");
            board.services().save(service("id7", "by itself"));
            Runnable checked = () -> board.results().update(List.of(up("id" + (MANY - 1), 5_000)));
            checked.run();
            bulks.again(checked);
            bulks.add(some("second "), some("second "), List.of()).onSuccess(done -> ended.complete("both"));
            bulks.overtake("id8");
            board.services().remove("id8");
        });

        assertThat(ended.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("both");
        assertThat(early.join()).isLessThan(MANY);
        assertThat(board.size()).isEqualTo(MANY - 1);
        assertThat(board.find("gone")).isNull();
        assertThat(board.findById("id8")).isNull();
        assertThat(board.find("second 7")).isNotNull(); // the second change is newer than the state given for id7
        assertThat(board.find("first 9")).isNull();
        assertThat(board.findById("id" + (MANY - 1)))
                .isNotNull()
                .satisfies(entry -> assertThat(entry.status().lastChecked()).isEqualTo(5_000));
    }
}
