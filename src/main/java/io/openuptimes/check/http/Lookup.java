package io.openuptimes.check.http;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Finds the addresses of a host, through the resolver of Vert.x, which does not block and keeps to the records' TTL. */
final class Lookup {

    /** How many addresses of a host are tried. */
    static final int MOST = 4;

    private final VertxInternal vertx;

    Lookup(VertxInternal vertx) {
        this.vertx = vertx;
    }

    /**
     * @param host a name, or an address, which is not looked up
     * @return at least one, at most {@link #MOST}, in the order in which to try them
     */
    Future<List<InetAddress>> addresses(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            try {
                return Future.succeededFuture(List.of(InetAddress.getByAddress(literal)));
            } catch (UnknownHostException e) {
                return Future.failedFuture(e);
            }
        }
        Promise<List<InetSocketAddress>> found = Promise.promise();
        vertx.nameResolver().resolveAll(host, found::handle);
        return found.future().compose(all -> {
            List<InetAddress> order = order(all);
            return order.isEmpty() ? Future.failedFuture(new UnknownHostException()) : Future.succeededFuture(order);
        });
    }

    /** As they came, but with the two families taking turns, so that a dead one does not use up all tries. */
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
