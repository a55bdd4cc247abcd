package io.openuptimes.check.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.openuptimes.check.net.Resolver;
import io.openuptimes.check.net.SystemNames;
import io.openuptimes.check.tls.ClientTls;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.client.WebClient;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.function.Consumer;

/** What the checks of one event loop have in common. Used on that event loop only, but for the TLS contexts. */
final class Lane {

    private final EventLoop loop;
    private final ChannelFactory<? extends Channel> channels;
    private final boolean epoll;
    private final Resolver resolver;
    private final FamilyOrder families = new FamilyOrder(System::nanoTime);
    private final Deadlines deadlines;
    private final ClientTls tls;
    private final SpareFiles spare;
    private final EgressPolicy egress;
    private final FreshConnections connections;
    private final WebClient client;
    private final Consumer<Attempt> again;

    /**
     * @param names how this machine looks names up
     * @param spare what is given up where nothing is left
     * @param egress which addresses may be connected to
     * @param client sends its requests through {@code connections}
     * @param again makes a check once more, whose first result said nothing of its service, as this machine stood still
     */
    Lane(
            VertxInternal vertx,
            EventLoop loop,
            SystemNames names,
            ClientTls tls,
            SpareFiles spare,
            EgressPolicy egress,
            FreshConnections connections,
            WebClient client,
            Consumer<Attempt> again) {
        this.loop = loop;
        this.channels = vertx.transport().channelFactory(false);
        this.epoll = loop instanceof IoEventLoop events && events.isIoType(EpollIoHandler.class);
        this.resolver = new Resolver(loop, names, () -> vertx.transport().datagramChannel(), channels::newChannel);
        if (loop.inEventLoop()) {
            resolver.warmUp();
        } else {
            loop.execute(resolver::warmUp);
        }
        this.deadlines = new Deadlines(loop);
        this.tls = tls;
        this.spare = spare;
        this.egress = egress;
        this.connections = connections;
        this.client = client;
        this.again = again;
    }

    EventLoop loop() {
        return loop;
    }

    /**
     * A socket that is not connected yet.
     *
     * @param to where it is to go; one of IPv4 alone costs less than one of both families
     */
    Channel newChannel(InetAddress to) {
        return epoll && to instanceof Inet4Address
                ? new EpollSocketChannel(SocketProtocolFamily.INET)
                : channels.newChannel();
    }

    Resolver resolver() {
        return resolver;
    }

    /** Which addresses of a host are dialled first. */
    FamilyOrder families() {
        return families;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    ClientTls tls() {
        return tls;
    }

    SpareFiles spare() {
        return spare;
    }

    EgressPolicy egress() {
        return egress;
    }

    FreshConnections connections() {
        return connections;
    }

    /** Sends requests through those. */
    WebClient client() {
        return client;
    }

    void again(Attempt spoilt) {
        again.accept(spoilt);
    }

    /** Breaks off what is under way; there will be no more. */
    void close() {
        for (Deadlines.Deadline deadline : deadlines.all()) {
            if (deadline instanceof Attempt attempt) {
                attempt.breakOff();
            }
        }
        resolver.close();
    }
}
