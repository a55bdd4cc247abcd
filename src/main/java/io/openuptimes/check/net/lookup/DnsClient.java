package io.openuptimes.check.net.lookup;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsQuestion;
import io.openuptimes.check.net.lookup.LookupException.Reason;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sends queries to name servers, on one event loop. */
final class DnsClient {

    private final EventLoop loop;
    private final Supplier<? extends Channel> datagrams;
    private final Supplier<? extends Channel> streams;
    /** Sockets that can take more queries. */
    private final Map<InetSocketAddress, UdpSocket> sockets = new HashMap<>();

    private final Set<Channel> open = new HashSet<>();
    private boolean closed;

    /**
     * @param datagrams creates UDP sockets
     * @param streams creates TCP sockets
     */
    DnsClient(EventLoop loop, Supplier<? extends Channel> datagrams, Supplier<? extends Channel> streams) {
        this.loop = loop;
        this.datagrams = datagrams;
        this.streams = streams;
    }

    EventLoop loop() {
        return loop;
    }

    /**
     * Queries the servers in turn until one answers.
     *
     * @param then called once, on the event loop, possibly before this method returns
     */
    void ask(ResolvConf conf, DnsQuestion question, Consumer<DnsAnswer> then) {
        new Round(conf, question, then).next();
    }

    /**
     * Queries all servers at once.
     *
     * @param answer called on the event loop for each server, possibly before this method returns
     */
    void askEach(
            List<InetSocketAddress> servers, DnsQuestion question, long timeoutMillis, Consumer<DnsAnswer> answer) {
        if (closed) {
            answer.accept(DnsAnswer.failed(Reason.SERVER_UNREACHABLE));
            return;
        }
        servers.forEach(server -> query(server, new DnsQuery(loop, question, timeoutMillis, answer)));
    }

    /** Cancels pending queries; new ones fail. */
    void close() {
        closed = true;
        List.copyOf(open).forEach(channel -> channel.unsafe().close(channel.voidPromise()));
    }

    private final class Round {

        private final ResolvConf conf;
        private final DnsQuestion question;
        private final Consumer<DnsAnswer> then;
        private int asked;
        private Throwable worst = new LookupException(Reason.SERVER_UNREACHABLE, null);

        Round(ResolvConf conf, DnsQuestion question, Consumer<DnsAnswer> then) {
            this.conf = conf;
            this.question = question;
            this.then = then;
        }

        void next() {
            int servers = conf.nameServers().size();
            if (closed || asked >= servers * conf.attempts()) {
                then.accept(DnsAnswer.failed(worst));
                return;
            }
            InetSocketAddress server = conf.nameServers().get(asked++ % servers);
            query(server, new DnsQuery(loop, question, conf.timeoutMillis(), this::answered));
        }

        private void answered(DnsAnswer answer) {
            if (answer.isOfServer() && answer.failure() != null) {
                worst = asked == 1 ? answer.failure() : LookupException.worse(worst, answer.failure());
                next();
            } else {
                then.accept(answer);
            }
        }
    }

    private void query(InetSocketAddress server, DnsQuery query) {
        UdpSocket socket = sockets.get(server);
        if (socket != null && socket.hasRoom()) {
            socket.ask(query);
            return;
        }
        open(datagrams, query, channel -> {
            UdpSocket opened = new UdpSocket(channel, server, truncated -> askOverTcp(server, truncated));
            sockets.put(server, opened);
            channel.closeFuture().addListener(closing -> sockets.remove(server, opened));
            opened.connect();
            opened.ask(query);
        });
    }

    private void askOverTcp(InetSocketAddress server, DnsQuery query) {
        open(streams, query, channel -> new TcpQuery(channel, query).connect(server));
    }

    private void open(Supplier<? extends Channel> maker, DnsQuery query, Consumer<Channel> then) {
        Channel channel;
        try {
            channel = maker.get();
        } catch (RuntimeException | OutOfMemoryError e) { // no file descriptor, most likely
            query.end(DnsAnswer.failed(e));
            return;
        }
        open.add(channel);
        channel.closeFuture().addListener(gone -> open.remove(channel));
        ChannelFuture registered = loop.register(channel);
        if (registered.isSuccess()) {
            then.accept(channel);
        } else {
            registered.addListener(done -> {
                if (!done.isSuccess()) {
                    query.end(DnsAnswer.failed(done.cause()));
                } else if (query.isOver()) {
                    channel.unsafe().close(channel.voidPromise());
                } else {
                    then.accept(channel);
                }
            });
        }
    }
}
