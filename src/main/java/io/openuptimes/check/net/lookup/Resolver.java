package io.openuptimes.check.net.lookup;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names for the checks of one event loop and must be used on it only: from the hosts file, from the cache
 * within the TTL, or from name servers. A change of the system's files clears the cache. Failures are not cached.
 */
public final class Resolver {

    /** Receives addresses as they are found, on the event loop. */
    public interface Listener {

        /**
         * @param more addresses not reported before; empty only in a last call that is not the first
         * @param last no further calls follow
         */
        void found(List<InetAddress> more, boolean last);

        /**
         * The name has no addresses; no further calls follow.
         *
         * @param cause a {@link LookupException}, or a local failure such as missing file descriptors
         */
        void failed(Throwable cause);
    }

    private static final String ROOT = ".";

    private final DnsClient client;
    private final SystemNames names;
    private final AddressCache cache = new AddressCache(System::nanoTime);
    private final Map<String, NameLookup> underWay = new HashMap<>();
    private NameConfig config;

    /**
     * @param datagrams creates UDP sockets
     * @param streams creates TCP sockets
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
     * Loads all classes that a lookup needs, by a lookup that cannot leave this machine. They could not be loaded later
     * if file descriptors ran out, and no name could be resolved ever after.
     */
    public void warmUp() {
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ResolvConf conf = new ResolvConf(List.of(nowhere), List.of(), 1, 1, 1);
        new NameLookup(client, conf, "localhost.", done -> {}).start();
        WarmUp.decode();
    }

    /**
     * @param listener called before this method returns if the addresses are known
     * @return removes the listener if it needs no more addresses; null if the lookup is complete
     */
    public @Nullable Runnable resolve(String name, Listener listener) {
        NameConfig now = names.current();
        if (!now.equals(config)) { // cheap: usually the same object
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

    /**
     * Asks the name servers for the name servers of the root, which each knows without asking others. Any response shows
     * that it works, even a refusal.
     *
     * @param timeoutMillis how long to wait for a response
     * @param proof called on the event loop for each name server, possibly before this method returns: null if it
     *     responded, otherwise why not, as in {@link Listener#failed}
     */
    public void askServers(long timeoutMillis, Consumer<@Nullable Throwable> proof) {
        client.askEach(
                names.current().resolv().nameServers(),
                new DefaultDnsQuestion(ROOT, DnsRecordType.NS),
                timeoutMillis,
                answer -> proof.accept(answer.isResponse() ? null : answer.failure()));
    }

    /** Number of name servers. */
    public int servers() {
        return names.current().resolv().nameServers().size();
    }

    /** Number of names evicted before their TTL because the cache was full; callable from any thread. */
    public long evicted() {
        return cache.evicted();
    }

    /** Cancels pending lookups; names that are not cached fail from then on. */
    public void close() {
        client.close();
    }
}
