package io.openuptimes.check.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.openuptimes.check.tls.ClientTls;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.function.BiConsumer;

/** What the checks of one event loop have in common. Used on that event loop only, but for the TLS contexts. */
final class Lane {

    private final EventLoop loop;
    private final ChannelFactory<? extends Channel> channels;
    private final boolean epoll;
    private final Lookup lookup;
    private final Deadlines deadlines;
    private final ClientTls tls;
    private final SpareFiles spare;
    private final EgressPolicy egress;
    private final BiConsumer<Service, Promise<CheckResult>> again;

    /**
     * @param spare what is given up where nothing is left
     * @param egress which addresses may be connected to
     * @param again makes a check once more, whose first result said nothing of its service, as this machine stood still
     */
    Lane(
            VertxInternal vertx,
            EventLoop loop,
            ClientTls tls,
            SpareFiles spare,
            EgressPolicy egress,
            BiConsumer<Service, Promise<CheckResult>> again) {
        this.loop = loop;
        this.channels = vertx.transport().channelFactory(false);
        this.epoll = loop instanceof IoEventLoop events && events.isIoType(EpollIoHandler.class);
        this.lookup = new Lookup(vertx.nameResolver(), loop);
        lookup.open();
        this.deadlines = new Deadlines(loop);
        this.tls = tls;
        this.spare = spare;
        this.egress = egress;
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

    Lookup lookup() {
        return lookup;
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

    void again(Service service, Promise<CheckResult> result) {
        again.accept(service, result);
    }

    /** Breaks off what is under way; there will be no more. */
    void close() {
        for (Deadlines.Deadline deadline : deadlines.all()) {
            if (deadline instanceof Attempt attempt) {
                attempt.breakOff();
            }
        }
    }
}
