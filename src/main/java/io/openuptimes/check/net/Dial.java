package io.openuptimes.check.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.openuptimes.check.net.lookup.InetAddresses;
import io.openuptimes.check.net.lookup.NoNetworkException;
import io.openuptimes.check.net.lookup.Resolver;
import io.openuptimes.model.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a TCP connection (RFC 8305): resolves the host, drops addresses denied by the egress policy, and dials
 * the others, moving on after a failure or after {@value #NEXT_AFTER_MS} ms. The first connection wins; the others are
 * closed. If all known addresses have failed, it waits {@value #MORE_WITHIN_MS} ms for further ones. All share the
 * attempt's deadline. The name is resolved once: the addresses connected to are those that the policy has judged.
 *
 * <p>Keeps its channels until the attempt closes it.
 */
final class Dial extends Deadlines.Deadline implements Resolver.Listener {

    static final long NEXT_AFTER_MS = 250;
    static final long MORE_WITHIN_MS = 1_000;

    /** Receives the outcome of a dial, once and on the event loop, unless the attempt ends first. */
    interface Caller {

        /**
         * The channel is open and has no handlers. Handlers added before this returns see everything that the server
         * sends, but may miss {@code channelActive}.
         */
        void connected(Channel channel);

        /** The name could not be resolved, or no address accepted a connection. */
        void failed(Throwable cause);

        /**
         * The egress policy denies all addresses.
         *
         * @param rule of the egress policy
         */
        void denied(String rule);
    }

    private final LoopResources resources;
    private final Attempt<?> attempt;
    private final Target target;
    private final Caller caller;
    private final AddressQueue waiting;
    private final List<Channel> opening = new ArrayList<>(2);
    private @Nullable Channel connected;
    /** Cancels the lookup; null if none is pending. */
    private @Nullable Runnable forget;

    private boolean allFound;
    private boolean dialled;
    private boolean over;
    private @Nullable String deniedBy;
    private @Nullable Throwable failure;
    private int failureRank;

    Dial(Attempt<?> attempt, Target target, Caller caller) {
        this.resources = attempt.resources();
        this.attempt = attempt;
        this.target = target;
        this.caller = caller;
        this.waiting = new AddressQueue(this.resources.families().v6First());
    }

    void start() {
        attempt.takes(this::close);
        InetAddress literal = InetAddresses.ofLiteral(target.host());
        if (literal != null) {
            found(List.of(literal), true);
            return;
        }
        attempt.enter(Step.LOOKUP);
        forget = resources.resolver().resolve(target.host(), this);
        if (over) {
            end();
        }
    }

    @Override
    public void found(List<InetAddress> more, boolean last) {
        if (over) {
            return;
        }
        allFound = last;
        for (InetAddress address : more) {
            String rule = attempt.isOperators() ? null : resources.egress().denies(address, target.port());
            if (rule == null) {
                waiting.add(address);
            } else if (deniedBy == null) {
                deniedBy = rule;
            }
        }
        if (opening.isEmpty()) {
            cancel();
            dialNext();
        } else {
            awaitTurn();
        }
    }

    /** Name resolution failed. */
    @Override
    public void failed(Throwable cause) {
        if (!over) {
            end();
            caller.failed(cause);
        }
    }

    /** The head start of the current dial, or the time for further addresses, is over. */
    @Override
    void passed() {
        allFound = allFound || (opening.isEmpty() && waiting.isEmpty());
        dialNext();
    }

    private void dialNext() {
        InetAddress next = waiting.poll();
        if (next != null) {
            if (!dialled) {
                dialled = true;
                attempt.enter(Step.CONNECT);
            }
            dial(next);
        } else if (opening.isEmpty() && allFound) {
            end();
            if (failure == null && deniedBy != null) {
                caller.denied(deniedBy);
            } else {
                caller.failed(failure == null ? new UnknownHostException() : failure);
            }
        } else if (opening.isEmpty() && (failure != null || deniedBy != null)) {
            resources.deadlines().set(this, MORE_WITHIN_MS);
        }
    }

    private void awaitTurn() {
        cancel();
        if (!waiting.isEmpty()) {
            resources.deadlines().set(this, NEXT_AFTER_MS);
        }
    }

    private void dial(InetAddress address) {
        Channel channel;
        try {
            channel = resources.newChannel(address);
        } catch (RuntimeException | OutOfMemoryError e) { // usually no file descriptor left
            failed(address, null, e);
            return;
        }
        opening.add(channel);
        awaitTurn();
        channel.config().setConnectTimeoutMillis(0);
        ChannelFuture registered = resources.loop().register(channel);
        if (registered.isSuccess()) {
            connect(channel, address);
        } else {
            registered.addListener(done -> {
                if (done.isSuccess()) {
                    connect(channel, address);
                } else {
                    failed(address, channel, done.cause());
                }
            });
        }
    }

    private void connect(Channel channel, InetAddress address) {
        channel.connect(new InetSocketAddress(address, target.port())).addListener(done -> {
            if (done.isSuccess()) {
                connected(address, channel);
            } else {
                failed(address, channel, done.cause());
            }
        });
    }

    private void connected(InetAddress address, Channel channel) {
        if (over) {
            return;
        }
        resources.families().connected(address);
        opening.remove(channel);
        closeLater(opening);
        opening.clear();
        connected = channel;
        end();
        caller.connected(channel);
    }

    private void failed(InetAddress address, @Nullable Channel channel, Throwable cause) {
        if (over) {
            return;
        }
        if (channel != null) {
            opening.remove(channel);
            closeLater(List.of(channel));
        }
        Throwable meaning = cause;
        if (NoNetworkException.isMeantBy(address, cause, resources.families().v6Works())) {
            resources.families().noNetwork(address);
            meaning = new NoNetworkException();
        }
        int rank = ConnectFailures.rank(meaning);
        if (failure == null || rank > failureRank) {
            failure = meaning;
            failureRank = rank;
        }
        cancel();
        dialNext();
    }

    /**
     * In a new event loop turn: otherwise a new channel could reuse the file descriptor and receive this one's events.
     */
    private void closeLater(List<Channel> channels) {
        List<Channel> closing = List.copyOf(channels);
        if (!closing.isEmpty()) {
            resources.loop().execute(() -> closing.forEach(Dial::close));
        }
    }

    /** Ends dialling after a failure unrelated to addresses. No event is being handled if any dial is still pending. */
    private void end() {
        over = true;
        cancel();
        if (forget != null) {
            forget.run();
            forget = null;
        }
        opening.forEach(Dial::close);
        opening.clear();
    }

    /** Aborts pending dials and closes open channels; idempotent. */
    private void close() {
        end();
        Channel open = connected;
        connected = null;
        if (open != null) {
            close(open);
        }
    }

    /**
     * Bypasses the handlers: a close through them waits until pending writes have been sent, which a peer that does not
     * read can delay forever.
     */
    private static void close(Channel channel) {
        channel.unsafe().close(channel.voidPromise());
    }
}
