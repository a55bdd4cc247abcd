package io.openuptimes.store.results;

import io.openuptimes.bus.EventMessage.Correction;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.Link;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verdicts that this process's boards show although their results were dropped. Once Redis answers, the stored statuses
 * replace them. Most would be corrected by the service's next check, but a paused service has none.
 *
 * <p>Belongs to one event loop.
 */
final class LostVerdicts {

    private static final Logger log = LoggerFactory.getLogger(LostVerdicts.class);

    /** Maximum number of services; the others are corrected by their next check. */
    private static final int MAX = 100_000;

    private static final int A_READ = 1_000;

    private final Link link;
    private final Consumer<Written> correct;
    /** When the last lost verdict of each id was judged, epoch milliseconds. */
    private final Map<String, Long> judgedAt = new LinkedHashMap<>();

    private boolean reading;

    /**
     * @param correct publishes the corrections
     */
    LostVerdicts(Link link, Consumer<Written> correct) {
        this.link = link;
        this.correct = correct;
    }

    void add(Verdict verdict) {
        if (verdict.announced() && (judgedAt.size() < MAX || judgedAt.containsKey(verdict.id()))) {
            judgedAt.merge(verdict.id(), verdict.result().timestamp(), Math::max);
        }
    }

    /** Starts to correct them if Redis is reachable. Call periodically: failed corrections are repeated. */
    void correct() {
        if (reading || judgedAt.isEmpty() || !link.isUp()) {
            return;
        }
        Map<String, Long> some = take();
        List<String> ids = List.copyOf(some.keySet());
        reading = true;
        link.batch(ids.stream().map(LostVerdicts::read).toList())
                .onComplete(
                        answers -> {
                            reading = false;
                            Written written = new Written();
                            IntStream.range(0, ids.size())
                                    .forEach(i -> correct(
                                            ids.get(i),
                                            answers.get(i),
                                            Objects.requireNonNull(some.get(ids.get(i))),
                                            written));
                            correct.accept(written);
                            correct();
                        },
                        failure -> {
                            reading = false;
                            some.forEach((id, at) -> judgedAt.merge(id, at, Math::max));
                        });
    }

    private Map<String, Long> take() {
        Map<String, Long> some = new LinkedHashMap<>();
        Iterator<Map.Entry<String, Long>> rest = judgedAt.entrySet().iterator();
        while (rest.hasNext() && some.size() < A_READ) {
            Map.Entry<String, Long> next = rest.next();
            some.put(next.getKey(), next.getValue());
            rest.remove();
        }
        return some;
    }

    private static Request read(String id) {
        return Request.cmd(Command.HGET).arg(Keys.status(Keys.partition(id))).arg(id);
    }

    private static void correct(String id, @Nullable Response packed, long judgedAt, Written written) {
        try {
            ServiceStatus stored =
                    packed == null ? ServiceStatus.unchecked(id) : StatusCodec.decode(id, packed.toBytes());
            written.corrected.add(new Correction(stored, judgedAt));
        } catch (IllegalArgumentException e) {
            log.error("the status of {} cannot be read: {}", LoggedService.ofId(id), e.getMessage());
        }
    }
}
