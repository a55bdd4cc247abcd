package io.openuptimes.store.backup;

import io.openuptimes.bus.Event;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data that belongs to no service: settings, API keys, events and the audit log. Runs last, so that history
 * cleared while the services were read stays hidden after a restore.
 */
final class SharedReader {

    private static final int ENTRIES_A_READ = 1_000;

    private final Link link;
    private final BackupSink sink;
    private final Walked walked;
    private final EventCodec codec = new EventCodec();

    SharedReader(Link link, BackupSink sink, Walked walked) {
        this.link = link;
        this.sink = sink;
        this.walked = walked;
    }

    Future<Void> read() {
        List<Shared> hashes = of(Kind.HASH);
        return link.batch(hashes.stream()
                        .map(hash -> Request.cmd(Command.HGETALL).arg(hash.key()))
                        .toList())
                .compose(answers -> sink.write(file -> {
                    for (int i = 0; i < hashes.size(); i++) {
                        file.write(Item.of(Kind.HASH, hashes.get(i).word(), fields(hashes.get(i), answers.get(i))));
                    }
                    return file;
                }))
                .compose(written -> streams(of(Kind.ENTRY), 0));
    }

    private static List<Shared> of(Kind kind) {
        return Arrays.stream(Shared.values())
                .filter(shared -> shared.kind() == kind)
                .toList();
    }

    private static List<byte[]> fields(Shared hash, @Nullable Response answer) {
        List<byte[]> pairs = BackupReplies.list(answer);
        if (hash != Shared.SETTINGS) {
            return pairs;
        }
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            byte[] field = pairs.get(i);
            if (Shared.OWN_SETTINGS.stream().noneMatch(own -> Arrays.equals(field, Item.bytes(own)))) {
                kept.add(field);
                kept.add(pairs.get(i + 1));
            }
        }
        return kept;
    }

    private Future<Void> streams(List<Shared> streams, int index) {
        return index == streams.size()
                ? Future.succeededFuture()
                : Repeat.until(new Entries(streams.get(index))::some).compose(read -> streams(streams, index + 1));
    }

    /** Reads a stream's entries in order. */
    private final class Entries {

        private final Shared stream;
        private String from = "-";

        Entries(Shared stream) {
            this.stream = stream;
        }

        /** Completes with whether these were the last ones. */
        Future<Boolean> some() {
            return link.send(Request.cmd(Command.XRANGE)
                            .arg(stream.key())
                            .arg(from)
                            .arg("+")
                            .arg("COUNT")
                            .arg(ENTRIES_A_READ))
                    .compose(answer -> answer == null || answer.size() == 0
                            ? Future.succeededFuture(true)
                            : sink.write(file -> write(file, answer)).map(written -> {
                                from = "(" + answer.get(answer.size() - 1).get(0);
                                return answer.size() < ENTRIES_A_READ;
                            }));
        }

        private BackupFileWriter write(BackupFileWriter file, Response answer) throws IOException {
            for (Response entry : kept(stream, answer)) {
                List<byte[]> parts = new ArrayList<>(List.of(BackupReplies.bytes(entry.get(0))));
                parts.addAll(BackupReplies.list(entry.get(1)));
                file.write(Item.of(Kind.ENTRY, stream.word(), parts));
            }
            return file;
        }
    }

    /** Omits transitions that are newer than the statuses in the backup. */
    private List<Response> kept(Shared stream, Response answer) {
        List<EventCodec.Entry> decoded = stream == Shared.EVENTS ? codec.entries(answer) : List.of();
        Predicate<Integer> isKept =
                index -> decoded.isEmpty() || isKept(decoded.get(index).event());
        List<Response> kept = new ArrayList<>();
        for (int i = 0; i < answer.size(); i++) {
            if (isKept.test(i)) {
                kept.add(answer.get(i));
            }
        }
        return kept;
    }

    private boolean isKept(@Nullable Event event) {
        return !(event instanceof Event.Turned turned)
                || walked.covers(
                        turned.transition().serviceId(), turned.transition().at());
    }
}
