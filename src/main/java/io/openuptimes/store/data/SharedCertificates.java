package io.openuptimes.store.data;

import io.openuptimes.model.LoggedService;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shares one weakly held instance among equal certificates: many services may use the same one. Thread-safe. */
public final class SharedCertificates {

    private static final Logger log = LoggerFactory.getLogger(SharedCertificates.class);

    private final Map<ServerCertificate, WeakReference<ServerCertificate>> known = new WeakHashMap<>();

    public synchronized ServerCertificate shared(ServerCertificate certificate) {
        WeakReference<ServerCertificate> reference = known.get(certificate);
        ServerCertificate before = reference == null ? null : reference.get();
        if (before == null) {
            known.put(certificate, new WeakReference<>(certificate));
            return certificate;
        }
        return before;
    }

    /**
     * Decodes the result of {@link CertificateCodec}.
     *
     * @return null if it cannot be read; the next check replaces it
     */
    public @Nullable SeenCertificate read(String serviceId, byte[] packed) {
        try {
            SeenCertificate seen = CertificateCodec.decode(serviceId, packed);
            ServerCertificate certificate = seen.certificate();
            return certificate == null ? null : new SeenCertificate(serviceId, seen.urlHash(), shared(certificate));
        } catch (IllegalArgumentException e) {
            log.warn("the certificate of {} cannot be read: {}", LoggedService.ofId(serviceId), e.getMessage());
            return null;
        }
    }
}
