package io.openuptimes.store.results;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Event;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.SteeredLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Events in the outboxes of a real Redis, over links that the test can hold up. */
@ExtendWith(VertxExtension.class)
class EventRelayTest {

    private static final int A = 3;
    private static final int B = 5;
    private static final EventCodec CODEC = new EventCodec();

    private static RestartableRedis redis;

    private Context loop;
    private SteeredLink link;
    private EventRelay relay;
    private SteeredLink otherLink;
    private EventRelay otherRelay;

    @BeforeAll
    static void startRedis(@TempDir Path dir) throws Exception {
        redis = new RestartableRedis(dir);
        redis.start();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        redis.close();
    }

    @BeforeEach
    void connect(Vertx vertx) {
        Bus.install(vertx);
        loop = vertx.getOrCreateContext();
        link = await(connected(vertx));
        otherLink = await(connected(vertx));
        await(onLoop(() -> {
            relay = new EventRelay(vertx, link, Layout.SINGLE);
            otherRelay = new EventRelay(vertx, otherLink, Layout.SINGLE);
            return link.send(Request.cmd(Command.FLUSHALL));
        }));
    }

    private Future<SteeredLink> connected(Vertx vertx) {
        Promise<Void> up = Promise.promise();
        Links links = new Links(
                vertx, RedisClients.options(redis.url(), null), Script.loads(), DataIdentity.any(Keys.SETTINGS));
        return onLoop(() -> {
            Link made = links.to("test", up::tryComplete, () -> {});
            made.open();
            return up.future().map(connected -> new SteeredLink(made));
        });
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(run -> work.get().onComplete(done));
        return done.future();
    }

    /** Puts a transition of the service {@code <partition>.<number>} into an outbox, with the id {@code 7-<number>}. */
    private Future<Void> put(int partition, int number) {
        return put(partition, number, packed(partition + "." + number));
    }

    private static byte[] packed(String service) {
        ServiceStatus down = new ServiceStatus(service, Outcome.CONNECT, 2, 1, 0, 3, Phases.NONE, "refused");
        Transition turn = new Transition(service, Status.UP, Status.DOWN, 1, Outcome.CONNECT, "refused", null);
        return CODEC.outboxEntry(turn, down, true, 1);
    }

    private Future<Void> put(int partition, int number, byte[] entry) {
        return link.send(Request.cmd(Command.XADD)
                        .arg(Keys.outbox(partition))
                        .arg("7-" + number)
                        .arg("e")
                        .arg(entry))
                .mapEmpty();
    }

    private Future<Void> put(int partition, int from, int to) {
        return Future.all(IntStream.rangeClosed(from, to)
                        .mapToObj(number -> put(partition, number))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> relayed(Integer... partitions) {
        relay.relay(Set.of(partitions));
        return relay.settled();
    }

    /** The services of the transitions in the event stream, in order. */
    private Future<List<String>> stream() {
        return link.send(range(Keys.EVENTS)).map(answer -> {
            List<String> services = new ArrayList<>();
            CODEC.entries(answer)
                    .forEach(entry -> services.add(
                            entry.event() instanceof Event.Turned turned
                                    ? turned.status().serviceId()
                                    : "unreadable"));
            return services;
        });
    }

    /** The stream once it has this many events. */
    private Future<List<String>> streamOf(int events) {
        return stream()
                .compose(all -> all.size() >= events
                        ? Future.succeededFuture(all)
                        : Future.all(relay.settled(), otherRelay.settled()).compose(moved -> streamOf(events)));
    }

    private static Request range(String key) {
        return Request.cmd(Command.XRANGE).arg(key).arg("-").arg("+");
    }

    private Future<List<String>> outbox(int partition) {
        return link.send(range(Keys.outbox(partition))).map(answer -> {
            List<String> ids = new ArrayList<>();
            for (Response entry : answer) {
                ids.add(entry.get(0).toString());
            }
            return ids;
        });
    }

    private static List<String> services(int partition, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> partition + "." + number)
                .toList();
    }

    @Test
    void the_events_of_an_outbox_keep_their_order_however_many_there_are(VertxTestContext context) {
        onLoop(() -> Future.all(put(A, 1, 1_200), put(B, 1, 30))
                        .onSuccess(there -> relay.relay(Set.of(A, B)))
                        .compose(there -> streamOf(1_230)))
                .onComplete(context.succeeding(all -> context.verify(() -> {
                    assertThat(all).hasSize(1_230);
                    assertThat(all).filteredOn(id -> id.startsWith(A + ".")).isEqualTo(services(A, 1, 1_200));
                    assertThat(all).filteredOn(id -> id.startsWith(B + ".")).isEqualTo(services(B, 1, 30));
                    context.completeNow();
                })));
    }

    @Test
    void two_relays_move_each_event_once(VertxTestContext context) {
        onLoop(() -> put(A, 1, 5)
                        .compose(there -> {
                            relay.relay(Set.of(A));
                            otherRelay.relay(Set.of(A));
                            return Future.all(relay.settled(), otherRelay.settled());
                        })
                        .compose(moved -> put(A, 6, 9))
                        .compose(there -> {
                            otherRelay.relay(Set.of(A));
                            relay.relay(Set.of(A));
                            return Future.all(relay.settled(), otherRelay.settled());
                        })
                        .compose(moved -> stream()))
                .onComplete(context.succeeding(all -> context.verify(() -> {
                    assertThat(all).isEqualTo(services(A, 1, 9));
                    assertThat(link.sent("EVALSHA")).as("both tried").hasSize(2);
                    assertThat(otherLink.sent("EVALSHA")).hasSize(2);
                    context.completeNow();
                })));
    }

    @Test
    void an_outbox_that_cannot_be_read_holds_up_none_of_the_others(VertxTestContext context) {
        link.fail("XRANGE " + Keys.outbox(A));
        onLoop(() -> Future.all(put(A, 1), put(B, 1))
                        .compose(there -> relayed(A, B))
                        .compose(tried -> stream())
                        .compose(without -> {
                            link.failNothing();
                            return streamOf(2).map(all -> List.of(without, all));
                        }))
                .onComplete(context.succeeding(before -> context.verify(() -> {
                    assertThat(before).containsExactly(List.of("5.1"), List.of("5.1", "3.1"));
                    context.completeNow();
                })));
    }

    @Test
    void events_that_cannot_be_moved_are_moved_later(VertxTestContext context) {
        link.fail("EVALSHA");
        onLoop(() -> Future.all(put(A, 1), put(B, 1))
                        .compose(there -> relayed(A, B))
                        .compose(tried -> stream())
                        .compose(none -> {
                            context.verify(() -> assertThat(none).isEmpty());
                            link.failNothing();
                            return streamOf(2);
                        }))
                .onComplete(context.succeeding(all -> context.verify(() -> {
                    assertThat(all).containsExactly("3.1", "5.1");
                    context.completeNow();
                })));
    }

    @Test
    void an_outbox_is_read_from_its_start_again_if_the_stream_has_lost_events(VertxTestContext context) {
        onLoop(() -> put(A, 1, 2)
                        .compose(there -> relayed(A))
                        .compose(moved -> link.send(
                                Request.cmd(Command.DEL).arg(Keys.EVENTS).arg(Keys.RELAYED)))
                        .compose(lost -> put(A, 3))
                        .compose(there -> relayed(A))
                        .compose(moved -> streamOf(3)))
                .onComplete(context.succeeding(all -> context.verify(() -> {
                    assertThat(all).isEqualTo(services(A, 1, 3));
                    assertThat(link.sent("XRANGE " + Keys.outbox(A)))
                            .extracting(read -> read.split(" ", -1)[2])
                            .containsSubsequence("-", "(7-2", "-");
                    context.completeNow();
                })));
    }

    @Test
    void restoring_moves_only_what_the_stream_has_lost(VertxTestContext context) {
        onLoop(() -> Future.all(put(A, 1, 2), put(B, 1))
                        .compose(there -> relayed(A, B))
                        .compose(moved -> link.send(Request.cmd(Command.DEL).arg(Keys.EVENTS)))
                        .compose(lost -> link.send(Request.cmd(Command.HSET)
                                .arg(Keys.RELAYED)
                                .arg(A)
                                .arg("7-1")))
                        .compose(lost -> {
                            relay.restore();
                            return relay.settled();
                        })
                        .compose(moved -> stream()))
                .onComplete(context.succeeding(all -> context.verify(() -> {
                    assertThat(all).containsExactly("3.2");
                    context.completeNow();
                })));
    }

    @Test
    void an_event_that_is_cut_off_hides_only_itself(VertxTestContext context) {
        byte[] oddFields = {4, 0, 't', 'y', 'p', 'e'};
        onLoop(() -> Future.all(
                                put(A, 1, oddFields),
                                put(A, 2, new byte[] {9}),
                                put(A, 3, new byte[0]),
                                put(A, 4),
                                put(B, 1))
                        .compose(there -> relayed(A, B))
                        .compose(moved -> stream()))
                .onComplete(context.succeeding(all -> context.verify(() -> {
                    assertThat(all).containsExactly("3.4", "5.1");
                    context.completeNow();
                })));
    }

    @Test
    void tidying_keeps_what_was_moved_since_the_last_time(VertxTestContext context) {
        onLoop(() -> put(A, 1, 2)
                        .compose(there -> relayed(A))
                        .compose(moved -> tidied())
                        .compose(first -> put(A, 3)
                                .compose(there -> relayed(A))
                                .compose(moved -> tidied())
                                .map(second -> List.of(first, second))))
                .onComplete(context.succeeding(outboxes -> context.verify(() -> {
                    assertThat(outboxes).containsExactly(List.of("7-1", "7-2"), List.of("7-2", "7-3"));
                    context.completeNow();
                })));
    }

    private Future<List<String>> tidied() {
        relay.tidy();
        return outbox(A);
    }

    @Test
    void settled_waits_for_the_moves_of_all_events_that_are_queued(VertxTestContext context) {
        Promise<Void> gate = Promise.promise();
        link.hold("EVALSHA", gate.future());
        onLoop(() -> Future.all(put(A, 1), put(B, 1))
                        .compose(there -> {
                            relay.relay(Set.of(A));
                            Future<Void> first = link.whenSent("EVALSHA");
                            relay.relay(Set.of(B));
                            Future<Void> settled = relay.settled();
                            return first.compose(held -> {
                                context.verify(
                                        () -> assertThat(settled.isComplete()).isFalse());
                                gate.complete();
                                return settled;
                            });
                        })
                        .compose(moved -> stream()))
                .onComplete(context.succeeding(all -> context.verify(() -> {
                    assertThat(all).containsExactly("3.1", "5.1");
                    context.completeNow();
                })));
    }

    @Test
    void nothing_is_read_while_redis_is_away(VertxTestContext context) {
        onLoop(() -> put(A, 1)
                        .compose(there -> {
                            link.goAway();
                            return relayed(A);
                        })
                        .compose(away -> {
                            link.comeBack();
                            context.verify(() -> assertThat(link.sent("XRANGE " + Keys.outbox(A)))
                                    .isEmpty());
                            relay.goOn();
                            return relay.settled();
                        })
                        .compose(moved -> stream()))
                .onComplete(context.succeeding(all -> context.verify(() -> {
                    assertThat(all).containsExactly("3.1");
                    context.completeNow();
                })));
    }
}
