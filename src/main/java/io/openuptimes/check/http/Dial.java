package io.openuptimes.check.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.openuptimes.model.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connection for one request: finds the host's addresses, drops those that the egress policy denies, and tries
 * the others in turn, each with its share of the time that is left, the last one with all of it. The share is its
 * deadline. The name is looked up once: the addresses that were judged are those that are connected to.
 */
final class Dial extends Deadlines.Deadline {

    /** Learns how a dial ends, once and on the event loop, unless the attempt is over before that. */
    interface Caller {

        /**
         * The channel is open and has no handlers. Those that are added before this returns miss nothing that the server
         * sends, but may miss {@code channelActive}.
         */
        void connected(Channel channel);

        /** No address could be found, or none could be connected to. */
        void failed(Throwable cause);

        /**
         * No address may be connected to.
         *
         * @param rule of the egress policy
         */
        void denied(String rule);
    }

    private final Lane lane;
    private final Attempt attempt;
    private final Target target;
    private final Caller caller;
    private List<InetAddress> addresses = List.of();
    private int tried;
    /** The connection that is being opened. */
    private @Nullable Channel channel;

    Dial(Lane lane, Attempt attempt, Target target, Caller caller) {
        this.lane = lane;
        this.attempt = attempt;
        this.target = target;
        this.caller = caller;
    }

    void start() {
        InetAddress literal = Lookup.literal(target.host());
        if (literal != null) {
            found(List.of(new InetSocketAddress(literal, target.port())));
            return;
        }
        attempt.enter(Step.LOOKUP);
        lane.lookup().addresses(target.host()).addListener(found -> {
            if (attempt.isOver()) {
                return;
            }
            if (!found.isSuccess()) {
                caller.failed(found.cause());
                return;
            }
            @SuppressWarnings("unchecked") // the listener's type has lost it
            List<InetSocketAddress> all = (List<InetSocketAddress>) found.getNow();
            found(all);
        });
    }

    private void found(List<InetSocketAddress> all) {
        if (all.isEmpty()) {
            caller.failed(new UnknownHostException());
            return;
        }
        List<InetSocketAddress> permitted = new ArrayList<>(all.size());
        String rule = judge(all, permitted);
        if (rule != null && permitted.isEmpty()) {
            caller.denied(rule);
            return;
        }
        addresses = Lookup.order(permitted);
        attempt.enter(Step.CONNECT);
        connectNext();
    }

    /**
     * @param permitted is given those that may be connected to
     * @return the first rule that denies one, if any does
     */
    private @Nullable String judge(List<InetSocketAddress> all, List<InetSocketAddress> permitted) {
        String first = null;
        for (InetSocketAddress address : all) {
            String rule = lane.egress().denies(address.getAddress(), target.port());
            if (rule == null) {
                permitted.add(address);
            } else if (first == null) {
                first = rule;
            }
        }
        return first;
    }

    private void connectNext() {
        int left = addresses.size() - tried;
        if (left > 1) {
            lane.deadlines().set(this, Math.max(1, attempt.remainingMillis() / left));
        }
        connect(addresses.get(tried++));
    }

    private void connect(InetAddress address) {
        Channel opening;
        try {
            opening = lane.newChannel(address);
        } catch (RuntimeException | OutOfMemoryError e) { // no file descriptor, most likely
            failed(null, e);
            return;
        }
        channel = opening;
        attempt.takes(opening);
        opening.config().setConnectTimeoutMillis(0);
        ChannelFuture registered = lane.loop().register(opening);
        if (registered.isSuccess()) {
            connect(opening, address);
        } else {
            registered.addListener(done -> {
                if (done.isSuccess()) {
                    connect(opening, address);
                } else {
                    failed(opening, done.cause());
                }
            });
        }
    }

    private void connect(Channel opening, InetAddress address) {
        opening.connect(new InetSocketAddress(address, target.port())).addListener(done -> {
            if (done.isSuccess()) {
                connected(opening);
            } else {
                failed(opening, done.cause());
            }
        });
    }

    /** The connection is open; the rest is not a matter of addresses. */
    private void connected(Channel opened) {
        if (opened == channel && !attempt.isOver()) {
            channel = null;
            cancel();
            caller.connected(opened);
        }
    }

    /** The address has had its share of the time. */
    @Override
    void passed() {
        Channel late = channel;
        channel = null;
        if (late != null) {
            attempt.closeConnection();
        }
        failed(null, new ConnectTimeoutException());
    }

    private void failed(@Nullable Channel which, Throwable cause) {
        if (which != channel || attempt.isOver()) {
            return; // given up before
        }
        channel = null;
        cancel();
        if (tried < addresses.size()) {
            connectNext();
        } else {
            caller.failed(cause);
        }
    }
}
