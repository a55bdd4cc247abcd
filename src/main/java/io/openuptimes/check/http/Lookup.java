package io.openuptimes.check.http;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.internal.resolver.NameResolver;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the addresses of a host, through the resolver of Vert.x, which does not block and keeps to the records' TTL. */
final class Lookup {

    /** How many addresses of a host are tried. */
    static final int MOST = 4;

    private final NameResolver resolver;
    private final EventLoop loop;

    /**
     * @param loop on which all of it is used
     */
    Lookup(NameResolver resolver, EventLoop loop) {
        this.resolver = resolver;
        this.loop = loop;
    }

    /** Opens the socket that names are looked up through: it is opened once, and if that fails, all lookups do for ever. */
    void open() {
        var unused = resolver.resolveAll(loop, "127.0.0.1");
    }

    /** The address that the text is, null if it is a name. */
    static @Nullable InetAddress literal(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        if (bytes == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    /**
     * @return done on the event loop; to be put in {@link #order}
     */
    Future<List<InetSocketAddress>> addresses(String name) {
        return resolver.resolveAll(loop, name);
    }

    /**
     * As they came, but with the two families taking turns, so that a dead one does not use up all tries.
     *
     * @return at most {@link #MOST}
     */
    static List<InetAddress> order(List<InetSocketAddress> found) {
        List<InetAddress> first = new ArrayList<>();
        List<InetAddress> second = new ArrayList<>();
        for (InetSocketAddress address : found) {
            boolean likeFirst = first.isEmpty() || isV4(first.get(0)) == isV4(address.getAddress());
            (likeFirst ? first : second).add(address.getAddress());
        }
        List<InetAddress> order = new ArrayList<>(MOST);
        for (int i = 0; order.size() < MOST && i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                order.add(first.get(i));
            }
            if (i < second.size() && order.size() < MOST) {
                order.add(second.get(i));
            }
        }
        return List.copyOf(order);
    }

    private static boolean isV4(InetAddress address) {
        return address instanceof Inet4Address;
    }
}
