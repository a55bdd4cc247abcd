package io.openuptimes.check.net;

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
 * Follows the files by which the system looks names up: a change is adopted within {@value #LOOK_EVERY_MS} ms and the time
 * it takes to read them, or within twice that where {@link WatchedFile} wants to see it again.
 *
 * <p>For any thread.
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
     * Reads the files: not for an event loop.
     *
     * @param servers asked in place of those of the system; empty for the system's
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

    /** Follows the files no longer. */
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

    /** Reads the files again if they have changed. */
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

    /** glibc asks this machine if it is told nobody; Windows keeps its name servers elsewhere. */
    private static List<InetSocketAddress> otherwise() {
        return NameFiles.WINDOWS ? DefaultDnsServerAddressStreamProvider.defaultAddressList() : List.of(OWN);
    }
}
