package io.openuptimes.store.data;

import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate in a few hundred bytes: format (a byte); valid from, valid to, and the chain's validity (epoch ms, 8
 * bytes each); issuer and fingerprint; the number of names, and the names. Each text is preceded by its length. The
 * hash of the URL follows (4 bytes) if it is known. Earlier versions ignore it, and this version ignores anything that
 * later versions append.
 */
public final class CertificateCodec {

    private static final int FORM = 1;
    private static final int HASH_BYTES = 4;
    private static final int USUAL_SIZE = 400;

    private CertificateCodec() {}

    /**
     * @param urlHash where it was seen, see {@link SeenCertificate}; 0 if unknown
     */
    public static byte[] encode(ServerCertificate certificate, int urlHash) {
        Packed out = new Packed(USUAL_SIZE)
                .octet(FORM)
                .fixed(certificate.validFrom(), 8)
                .fixed(certificate.validTo(), 8)
                .fixed(certificate.chainValidTo(), 8)
                .text(certificate.issuer())
                .text(certificate.fingerprint())
                .number(certificate.names().size());
        certificate.names().forEach(out::text);
        if (urlHash != 0) {
            out.fixed(urlHash, HASH_BYTES);
        }
        return out.toBytes();
    }

    /**
     * @throws IllegalArgumentException if it has another format
     */
    public static SeenCertificate decode(String serviceId, byte[] packed) {
        PackedReader in = new PackedReader(packed, 0);
        try {
            if (in.octet() != FORM) {
                throw new IllegalArgumentException("it is of a later version");
            }
            long validFrom = in.fixed(8);
            long validTo = in.fixed(8);
            long chainValidTo = in.fixed(8);
            String issuer = text(in);
            String fingerprint = text(in);
            long many = in.number();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                names.add(text(in));
            }
            int urlHash = in.hasMore() ? (int) in.fixed(HASH_BYTES) : 0;
            return new SeenCertificate(
                    serviceId,
                    urlHash,
                    new ServerCertificate(validFrom, validTo, chainValidTo, issuer, names, fingerprint));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("it is cut off", e);
        }
    }

    private static String text(PackedReader in) {
        return in.text((int) in.fixed(2));
    }
}
