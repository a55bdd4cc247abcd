package io.openuptimes.check.net;

import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.resolver.dns.DefaultDnsServerAddressStreamProvider;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the files by which the system looks names up: a change is seen within {@value #LOOK_EVERY_MS} ms and the time
 * it takes to read them. A file that cannot be read for a while, for want of a file descriptor say, stays as it was.
 *
 * <p>For any thread.
 */
public final class SystemNames {

    private static final Logger log = LoggerFactory.getLogger(SystemNames.class);

    static final long LOOK_EVERY_MS = 2_000;

    private static final InetSocketAddress OWN = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

    /** What changes with a file's content; null for a file that is not there. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    private final Vertx vertx;
    private final NameFiles files;
    private final List<InetSocketAddress> servers;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final long timer;
    private @Nullable Stamp hostsStamp;
    private @Nullable Stamp resolvStamp;
    private volatile NameConfig current = new NameConfig(Map.of(), ResolvConf.parse("", 0));

    /**
     * Reads the files: not for an event loop.
     *
     * @param servers asked in place of those of the system; empty for the system's
     */
    public SystemNames(Vertx vertx, NameFiles files, List<InetSocketAddress> servers) {
        this.vertx = vertx;
        this.files = files;
        this.servers = List.copyOf(servers);
        readHosts();
        readResolvConf();
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

    private synchronized void look() {
        if (!Objects.equals(stamp(files.hosts(), hostsStamp), hostsStamp)) {
            readHosts();
        }
        if (!Objects.equals(stamp(files.resolvConf(), resolvStamp), resolvStamp)) {
            readResolvConf();
        }
    }

    private synchronized void readHosts() {
        Stamp stamp = stamp(files.hosts(), null); // before the content: a change in between is seen at the next look
        try {
            HostsFileEntriesProvider hosts =
                    HostsFileEntriesProvider.parser().parse(new StringReader(content(files.hosts())));
            current = new NameConfig(NameConfig.merge(hosts.ipv6Entries(), hosts.ipv4Entries()), current.resolv());
            hostsStamp = stamp;
        } catch (IOException e) {
            log.warn("the hosts file cannot be read, what it said before stays", e);
        }
    }

    private synchronized void readResolvConf() {
        Stamp stamp = stamp(files.resolvConf(), null);
        try {
            ResolvConf conf = ResolvConf.parse(content(files.resolvConf()), files.port());
            if (!servers.isEmpty()) {
                conf = conf.withServers(servers);
            } else if (conf.nameServers().isEmpty()) {
                conf = conf.withServers(otherwise());
            }
            current = new NameConfig(current.hosts(), conf);
            resolvStamp = stamp;
        } catch (IOException e) {
            log.warn("resolv.conf cannot be read, what it said before stays", e);
        }
    }

    /** glibc asks this machine if it is told nobody; Windows keeps its name servers elsewhere. */
    private static List<InetSocketAddress> otherwise() {
        return NameFiles.WINDOWS ? DefaultDnsServerAddressStreamProvider.defaultAddressList() : List.of(OWN);
    }

    private static String content(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static @Nullable Stamp stamp(Path file, @Nullable Stamp unknown) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            return unknown;
        }
    }
}
