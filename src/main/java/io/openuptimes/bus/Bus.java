package io.openuptimes.bus;

import io.openuptimes.bus.Failures.InvalidReply;
import io.openuptimes.model.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A typed event bus: a request ends in its answer, or in a failure with a code from {@link Failures}. */
public final class Bus {

    private static final Logger log = LoggerFactory.getLogger(Bus.class);
    private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

    private final EventBus events;

    private Bus(EventBus events) {
        this.events = events;
    }

    /** The bus of a Vert.x instance; call {@link #install} on that instance first. */
    public static Bus of(Vertx vertx) {
        return new Bus(vertx.eventBus());
    }

    /** Registers the codec that passes {@link Message}s by reference; call once for each Vert.x instance. */
    public static void install(Vertx vertx) {
        vertx.eventBus().registerCodec(new LocalCodec());
        vertx.eventBus().codecSelector(body -> body instanceof Message ? LocalCodec.NAME : null);
    }

    public <Q extends Message, A extends Message> Future<A> request(Address<Q, A> address, Q message) {
        return request(address, message, 30_000);
    }

    /**
     * Fails with {@link Failures#STORE_UNREACHABLE} or another code, at the latest after {@code timeout} milliseconds.
     */
    public <Q extends Message, A extends Message> Future<A> request(Address<Q, A> address, Q message, long timeout) {
        DeliveryOptions options = new DeliveryOptions().setLocalOnly(true).setSendTimeout(timeout);
        return events.<A>request(address.name(), message, options).map(io.vertx.core.eventbus.Message::body);
    }

    /** Sends without waiting for an answer. */
    public <Q extends Message, A extends Message> void send(Address<Q, A> address, Q message) {
        events.send(address.name(), message, LOCAL);
    }

    public <M extends Message> void publish(Topic<M> topic, M message) {
        events.publish(topic.name(), message, LOCAL);
    }

    /** Answers requests. An exception or failed future from the handler becomes the requester's failure. */
    public <Q extends Message, A extends Message> Future<Void> serve(
            Address<Q, A> address, Function<Q, Future<A>> handler) {
        MessageConsumer<Q> consumer = events.localConsumer(address.name());
        consumer.handler(message -> answer(message, handler));
        return consumer.completion();
    }

    public <M extends Message> Future<Void> listen(Topic<M> topic, Consumer<M> handler) {
        MessageConsumer<M> consumer = events.localConsumer(topic.name());
        consumer.handler(message -> handler.accept(message.body()));
        return consumer.completion();
    }

    private static <Q extends Message, A extends Message> void answer(
            io.vertx.core.eventbus.Message<Q> message, Function<Q, Future<A>> handler) {
        Future<A> answer;
        try {
            answer = handler.apply(message.body());
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        if (message.replyAddress() == null) {
            answer.onFailure(e -> report(message.address(), e));
            return;
        }
        answer.onComplete(message::reply, e -> {
            report(message.address(), e);
            fail(message, e);
        });
    }

    private static void fail(io.vertx.core.eventbus.Message<?> message, Throwable failure) {
        int code = Failures.codeOf(failure);
        Problem problem = Failures.problemOf(failure);
        if (problem == null) {
            message.fail(code, String.valueOf(failure.getMessage()));
        } else {
            message.reply(new InvalidReply(code, problem)); // a reply of this kind fails the request
        }
    }

    private static void report(String address, Throwable failure) {
        if (Failures.codeOf(failure) == Failures.INTERNAL) {
            log.error("the handler of {} failed", address, failure);
        }
    }

    /** Passes messages by reference. */
    private static final class LocalCodec implements MessageCodec<Message, Message> {

        static final String NAME = "openuptimes.local";

        @Override
        public void encodeToWire(Buffer buffer, Message message) {
            throw new UnsupportedOperationException("messages stay within the process");
        }

        @Override
        public Message decodeFromWire(int position, Buffer buffer) {
            throw new UnsupportedOperationException("messages stay within the process");
        }

        @Override
        public Message transform(Message message) {
            return message;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
