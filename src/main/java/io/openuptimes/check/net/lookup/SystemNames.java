package io.openuptimes.check.net.lookup;

import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.resolver.dns.DefaultDnsServerAddressStreamProvider;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Watches the system's name resolution files. A change takes effect within {@value #LOOK_EVERY_MS} ms plus the time to
 * read the files, or within twice that if {@link WatchedFile} waits for a second look.
 *
 * <p>Thread-safe.
 */
public final class SystemNames {

    static final long LOOK_EVERY_MS = 2_000;

    private static final InetSocketAddress OWN = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

    private final Vertx vertx;
    private final WatchedFile hostsFile;
    private final WatchedFile resolvConfFile;
    private final int port;
    private final List<InetSocketAddress> servers;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final long timer;
    private volatile NameConfig current;

    /**
     * Reads the files; do not call it on an event loop.
     *
     * @param servers replace the system's name servers; empty for the system's
     */
    public SystemNames(Vertx vertx, NameFiles files, List<InetSocketAddress> servers) {
        this.vertx = vertx;
        this.hostsFile = new WatchedFile(files.hosts());
        this.resolvConfFile = new WatchedFile(files.resolvConf());
        this.port = files.port();
        this.servers = List.copyOf(servers);
        this.current = new NameConfig(Map.of(), resolv(""));
        look();
        this.timer = vertx.setPeriodic(LOOK_EVERY_MS, due -> lookElsewhere());
    }

    NameConfig current() {
        return current;
    }

    /** Stops watching the files. */
    public void close() {
        vertx.cancelTimer(timer);
    }

    private void lookElsewhere() {
        if (looking.compareAndSet(false, true)) {
            vertx.executeBlocking(
                            () -> {
                                look();
                                return null;
                            },
                            false)
                    .onComplete(done -> looking.set(false));
        }
    }

    /** Rereads the files if they have changed. */
    synchronized void look() {
        String hosts = hostsFile.look();
        if (hosts != null) {
            current = new NameConfig(hosts(hosts), current.resolv());
        }
        String resolv = resolvConfFile.look();
        if (resolv != null) {
            current = new NameConfig(current.hosts(), resolv(resolv));
        }
    }

    private static Map<String, List<InetAddress>> hosts(String text) {
        try {
            HostsFileEntriesProvider hosts = HostsFileEntriesProvider.parser().parse(new StringReader(text));
            return NameConfig.merge(hosts.ipv6Entries(), hosts.ipv4Entries());
        } catch (IOException e) {
            throw new UncheckedIOException("a string can be read", e);
        }
    }

    private ResolvConf resolv(String text) {
        ResolvConf conf = ResolvConf.parse(text, port);
        if (!servers.isEmpty()) {
            return conf.withServers(servers);
        }
        return conf.nameServers().isEmpty() ? conf.withServers(otherwise()) : conf;
    }

    /**
     * Defaults without configured name servers: this machine, as in glibc; on Windows, those of the operating system.
     */
    private static List<InetSocketAddress> otherwise() {
        return NameFiles.WINDOWS ? DefaultDnsServerAddressStreamProvider.defaultAddressList() : List.of(OWN);
    }
}
