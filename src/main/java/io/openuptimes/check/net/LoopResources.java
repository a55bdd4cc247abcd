package io.openuptimes.check.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.openuptimes.check.net.lookup.Resolver;
import io.openuptimes.check.net.lookup.SystemNames;
import io.openuptimes.check.net.tls.ClientTls;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.vertx.core.internal.VertxInternal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Shared by the checks of one event loop, and used only there, except for the TLS contexts. */
final class LoopResources {

    /**
     * Shared by all event loops.
     *
     * @param names resolves host names
     * @param spare file descriptors to release when none is left
     * @param egress decides which addresses may be dialled
     * @param closed whether no further check may start
     * @param again repeats an attempt that was inconclusive because the process was suspended
     */
    record Shared(
            SystemNames names,
            ClientTls tls,
            SpareFiles spare,
            EgressPolicy egress,
            BooleanSupplier closed,
            Consumer<Attempt<?>> again) {}

    private final EventLoop loop;
    private final Shared shared;
    private final ChannelFactory<? extends Channel> channels;
    private final boolean epoll;
    private final Resolver resolver;
    private final FamilyOrder families = new FamilyOrder(System::nanoTime);
    private final Deadlines deadlines;

    LoopResources(VertxInternal vertx, EventLoop loop, Shared shared) {
        this.loop = loop;
        this.shared = shared;
        this.channels = vertx.transport().channelFactory(false);
        this.epoll = loop instanceof IoEventLoop events && events.isIoType(EpollIoHandler.class);
        this.resolver =
                new Resolver(loop, shared.names(), () -> vertx.transport().datagramChannel(), channels::newChannel);
        if (loop.inEventLoop()) {
            resolver.warmUp();
        } else {
            loop.execute(resolver::warmUp);
        }
        this.deadlines = new Deadlines(loop);
    }

    EventLoop loop() {
        return loop;
    }

    /**
     * An unconnected socket.
     *
     * @param to its future peer; an IPv4-only socket costs less than one for both families
     */
    Channel newChannel(InetAddress to) {
        return epoll && to instanceof Inet4Address
                ? new EpollSocketChannel(SocketProtocolFamily.INET)
                : channels.newChannel();
    }

    Resolver resolver() {
        return resolver;
    }

    /** Chooses which address family is dialled first. */
    FamilyOrder families() {
        return families;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    ClientTls tls() {
        return shared.tls();
    }

    SpareFiles spare() {
        return shared.spare();
    }

    EgressPolicy egress() {
        return shared.egress();
    }

    boolean isClosed() {
        return shared.closed().getAsBoolean();
    }

    void repeat(Attempt<?> spoilt) {
        shared.again().accept(spoilt);
    }

    /** Aborts running checks; no more may follow. */
    void close() {
        for (Deadlines.Deadline deadline : deadlines.all()) {
            if (deadline instanceof Attempt<?> attempt) {
                attempt.breakOff();
            }
        }
        resolver.close();
    }
}
