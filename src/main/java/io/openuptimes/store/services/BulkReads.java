package io.openuptimes.store.services;

import io.openuptimes.model.NameRules;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceDraft;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.services.BulkPlan.Known;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads many services in slices: answers are decoded on workers, and others' commands can run in between.
 *
 * <p>A service exists if it holds its name.
 */
final class BulkReads {

    /** Hash fields per command. */
    private static final int SLICE = 500;
    /** Commands sent at once. */
    private static final int COMMANDS = 4;

    private final Link link;
    private final ServiceCodec codec;
    private final WorkerExecutor workers;

    BulkReads(Link link, ServiceCodec codec, WorkerExecutor workers) {
        this.link = link;
        this.codec = codec;
        this.workers = workers;
    }

    /** Looks up the stored services by the drafts' ids and by their names, as given and trimmed. */
    Future<Known> known(List<ServiceDraft> drafts) {
        Set<String> names = new HashSet<>();
        Set<String> ids = new HashSet<>();
        return onWorker(() -> drafts.forEach(draft -> {
                    names.add(draft.service().name());
                    names.add(NameRules.trimmed(draft.service().name()));
                    if (draft.id() != null) {
                        ids.add(draft.id());
                    }
                }))
                .compose(collected -> holders(names))
                .compose(holders -> onWorker(() -> ids.addAll(holders.values()))
                        .compose(all -> services(ids))
                        .compose(services -> withNames(services, holders)));
    }

    private Future<List<Service>> byIds(Collection<String> ids) {
        return services(ids)
                .compose(services -> withNames(services, new HashMap<>()))
                .map(known -> List.copyOf(known.byId().values()));
    }

    /** All services that match. */
    Future<List<Service>> scan(Predicate<Service> wanted) {
        List<Request> reads = new ArrayList<>();
        for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
            reads.add(Request.cmd(Command.HGETALL).arg(Keys.services(partition)));
        }
        Map<String, Service> found = new HashMap<>();
        return inSlices(
                        reads,
                        answers -> onWorker(() -> {
                            for (Response answer : answers) {
                                if (answer != null) {
                                    for (String id : answer.getKeys()) {
                                        keep(found, id, answer.get(id), wanted);
                                    }
                                }
                            }
                        }))
                .compose(read -> withNames(found, new HashMap<>()))
                .map(known -> List.copyOf(known.byId().values()));
    }

    /** Services declared in the services file. */
    Future<List<Service>> declared() {
        return link.send(Request.cmd(Command.SMEMBERS).arg(Keys.DECLARED)).compose(answer -> {
            Set<String> ids = new HashSet<>();
            if (answer != null) {
                answer.forEach(id -> ids.add(id.toString()));
            }
            return byIds(ids);
        });
    }

    private void keep(Map<String, Service> found, String id, @Nullable Response json, Predicate<Service> wanted) {
        Service service = json == null ? null : codec.decode(id, json.toBytes());
        if (service != null && wanted.test(service)) {
            found.put(id, service);
        }
    }

    private Future<Map<String, Service>> services(Collection<String> ids) {
        List<Request> reads = new ArrayList<>();
        List<List<String>> asked = new ArrayList<>();
        Map<String, Service> found = new HashMap<>();
        int[] next = {0};
        return onWorker(() -> {
                    BulkChunk.byPartition(ids, Function.identity())
                            .forEach((partition, some) -> slices(some, slice -> {
                                reads.add(BulkChunk.texts(
                                        Request.cmd(Command.HMGET).arg(Keys.services(partition)), slice));
                                asked.add(slice);
                            }));
                })
                .compose(made -> inSlices(reads, answers -> {
                    int first = next[0];
                    next[0] += answers.size();
                    return onWorker(() -> {
                        for (int i = 0; i < answers.size(); i++) {
                            List<String> slice = asked.get(first + i);
                            for (int k = 0; k < slice.size(); k++) {
                                keep(found, slice.get(k), at(answers.get(i), k), service -> true);
                            }
                        }
                    });
                }))
                .map(read -> found);
    }

    /** Drops services that do not hold their name, and names of services that do not exist. */
    private Future<Known> withNames(Map<String, Service> services, Map<String, String> holders) {
        Set<String> unknown = new HashSet<>();
        return onWorker(() -> {
                    services.values().forEach(service -> unknown.add(service.name()));
                    unknown.removeAll(holders.keySet());
                })
                .compose(collected -> holders(unknown))
                .compose(more -> workers.executeBlocking(() -> {
                    Map<String, String> all = new HashMap<>(holders);
                    all.putAll(more);
                    services.values().removeIf(service -> !service.id().equals(all.get(service.name())));
                    all.entrySet().removeIf(entry -> {
                        Service holder = services.get(entry.getValue());
                        return holder == null || !holder.name().equals(entry.getKey());
                    });
                    return new Known(services, all);
                }));
    }

    private Future<Map<String, String>> holders(Collection<String> names) {
        List<Request> reads = new ArrayList<>();
        List<List<String>> asked = new ArrayList<>();
        Map<String, String> holders = new HashMap<>();
        int[] next = {0};
        return onWorker(() -> slices(List.copyOf(names), slice -> {
                    reads.add(BulkChunk.texts(Request.cmd(Command.HMGET).arg(Keys.NAMES), slice));
                    asked.add(slice);
                }))
                .compose(made -> inSlices(reads, answers -> {
                    for (Response answer : answers) {
                        List<String> slice = asked.get(next[0]++);
                        for (int k = 0; k < slice.size(); k++) {
                            Response holder = at(answer, k);
                            if (holder != null) {
                                holders.put(slice.get(k), holder.toString());
                            }
                        }
                    }
                    return Future.succeededFuture();
                }))
                .map(read -> holders);
    }

    private static @Nullable Response at(@Nullable Response answer, int index) {
        return answer == null ? null : answer.get(index);
    }

    private interface Taker {
        void take(List<String> slice);
    }

    private static void slices(List<String> all, Taker taker) {
        for (int from = 0; from < all.size(); from += SLICE) {
            taker.take(all.subList(from, Math.min(all.size(), from + SLICE)));
        }
    }

    private Future<Void> onWorker(Runnable work) {
        return workers.executeBlocking(() -> {
                    work.run();
                    return null;
                })
                .mapEmpty();
    }

    private Future<Void> inSlices(List<Request> reads, Function<List<@Nullable Response>, Future<Void>> take) {
        return inSlices(reads, 0, take);
    }

    private Future<Void> inSlices(
            List<Request> reads, int from, Function<List<@Nullable Response>, Future<Void>> take) {
        if (from >= reads.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(reads.size(), from + COMMANDS);
        return link.batch(reads.subList(from, to)).compose(take).compose(taken -> inSlices(reads, to, take));
    }
}
