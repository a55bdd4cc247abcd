package io.openuptimes.check.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of names for the checks of one event loop, on which all of it is used: in the hosts file, in what
 * was learnt within its TTL, or from name servers. A change of the system's files makes it forget what it has learnt.
 * Failures are not kept.
 */
public final class Resolver {

    /** Learns addresses as they are found, on the event loop. */
    public interface Listener {

        /**
         * @param more addresses than those that were told before; empty only if it is the last call and not the first
         * @param last nothing follows
         */
        void found(List<InetAddress> more, boolean last);

        /**
         * There is none; nothing follows.
         *
         * @param cause a {@link LookupException}, or what this machine lacks
         */
        void failed(Throwable cause);
    }

    private final DnsClient client;
    private final SystemNames names;
    private final AddressCache cache = new AddressCache(System::nanoTime);
    private final Map<String, NameLookup> underWay = new HashMap<>();
    private NameConfig config;

    /**
     * @param datagrams makes sockets for UDP
     * @param streams makes sockets for TCP
     */
    public Resolver(
            EventLoop loop,
            SystemNames names,
            Supplier<? extends Channel> datagrams,
            Supplier<? extends Channel> streams) {
        this.client = new DnsClient(loop, datagrams, streams);
        this.names = names;
        this.config = names.current();
    }

    /**
     * Loads all that a lookup takes by making one that goes nowhere: it could not be loaded later if no file descriptor
     * was left, and then no name could be looked up ever.
     */
    public void warmUp() {
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ResolvConf conf = new ResolvConf(List.of(nowhere), List.of(), 1, 1, 1);
        new NameLookup(client, conf, "localhost.", done -> {}).start();
        WarmUp.decode();
    }

    /**
     * @param listener is told before this returns if the addresses are known
     * @return what makes it forget the listener if it needs no more; null if it has been told all
     */
    public @Nullable Runnable resolve(String name, Listener listener) {
        NameConfig now = names.current();
        if (!now.equals(config)) { // cheap: mostly the same object
            cache.clear();
            underWay.clear();
        }
        config = now;
        List<InetAddress> known = now.known(name);
        known = known == null ? cache.get(name) : known;
        if (known != null) {
            listener.found(known, true);
            return null;
        }
        NameLookup joined = underWay.get(name);
        if (joined != null) {
            joined.tell(listener);
            return () -> joined.forget(listener);
        }
        NameLookup lookup = new NameLookup(client, now.resolv(), name, done -> keep(name, now, done));
        underWay.put(name, lookup);
        lookup.tell(listener);
        lookup.start();
        return () -> lookup.forget(listener);
    }

    private void keep(String name, NameConfig asOf, NameLookup lookup) {
        underWay.remove(name, lookup);
        if (asOf.equals(config) && !lookup.addresses().isEmpty()) {
            cache.put(name, lookup.addresses(), lookup.ttl());
        }
    }

    /** How many names were forgotten before their TTL, as there were too many; for any thread. */
    public long evicted() {
        return cache.evicted();
    }

    /** Breaks off what is under way; names that are not known fail from now on. */
    public void close() {
        client.close();
    }
}
