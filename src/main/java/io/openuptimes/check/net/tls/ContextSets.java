package io.openuptimes.check.net.tls;

import io.openuptimes.config.InvalidSettingsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS contexts for each client certificate, by name, and for no certificate.
 *
 * <p>Shared by all event loops; renewed by one thread at a time.
 */
final class ContextSets {

    private static final Logger LOG = LoggerFactory.getLogger(ContextSets.class);

    private final ContextSet.Shared shared;
    private final ContextSet without;
    private final Map<String, ContextSet> byName = new ConcurrentHashMap<>();
    private final Map<String, ClientCertificate> certificates;
    /** Replaced sets. A handshake may have just looked one up, so they are released one renewal later. */
    private final List<ContextSet> retired = new ArrayList<>();

    private boolean closed;

    ContextSets(ContextSet.Shared shared, Map<String, ClientCertificate> certificates) {
        this.shared = shared;
        this.without = new ContextSet(shared, null);
        this.certificates = new HashMap<>(certificates);
        certificates.forEach((name, certificate) -> byName.put(name, new ContextSet(shared, certificate)));
    }

    /** Returns null if no client certificate has that name. */
    @Nullable
    ContextSet find(@Nullable String certificate) {
        return certificate == null ? without : byName.get(certificate);
    }

    /**
     * Creates the contexts with an offer, which takes a few milliseconds; the first handshake would do so otherwise.
     */
    synchronized void offer(Alpn alpn) {
        if (!closed && shared.offers().add(alpn)) {
            without.offer(alpn);
            byName.values().forEach(set -> set.offer(alpn));
        }
    }

    boolean hasCertificates() {
        return !byName.isEmpty();
    }

    /** Rereads all files. A certificate whose file cannot be used stays unchanged. Blocks. */
    synchronized void renew() {
        if (closed) {
            return;
        }
        retired.forEach(ContextSet::release);
        retired.clear();
        certificates.replaceAll(this::renewed);
    }

    private ClientCertificate renewed(String name, ClientCertificate certificate) {
        try {
            ClientCertificate now = certificate.readAgain();
            if (now.equals(certificate)) {
                return certificate;
            }
            ContextSet before = byName.put(name, new ContextSet(shared, now));
            if (before != null) {
                retired.add(before);
            }
            LOG.info("client certificate {} was reloaded: {}", name, now);
            return now;
        } catch (InvalidSettingsException e) {
            LOG.warn(
                    "the new client certificate {} cannot be used, the old one stays in use: {}", name, e.getMessage());
        } catch (RuntimeException e) { // such as a key that TLS cannot use
            LOG.warn("the new client certificate {} cannot be used, the old one stays in use", name, e);
        }
        return certificate;
    }

    /** Permanent; later renewals do nothing. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        without.release();
        retired.forEach(ContextSet::release);
        retired.clear();
        byName.values().forEach(ContextSet::release);
        byName.clear();
    }
}
