package io.openuptimes.store.data;

import io.openuptimes.model.ServerCertificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate in a few hundred bytes: a byte that tells the form; valid from, valid to, and the chain's (epoch ms, 8
 * bytes each); issuer and fingerprint; how many names there are, and the names. Each text has its length before it. What
 * a later version adds behind them is passed over.
 */
public final class CertificateCodec {

    private static final int FORM = 1;
    private static final int USUAL_SIZE = 400;

    private CertificateCodec() {}

    public static byte[] encode(ServerCertificate certificate) {
        Packed out = new Packed(USUAL_SIZE)
                .octet(FORM)
                .fixed(certificate.validFrom(), 8)
                .fixed(certificate.validTo(), 8)
                .fixed(certificate.chainValidTo(), 8)
                .text(certificate.issuer())
                .text(certificate.fingerprint())
                .number(certificate.names().size());
        certificate.names().forEach(out::text);
        return out.toBytes();
    }

    /**
     * @throws IllegalArgumentException if it is of another form
     */
    public static ServerCertificate decode(byte[] packed) {
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
            return new ServerCertificate(validFrom, validTo, chainValidTo, issuer, names, fingerprint);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("it is cut off", e);
        }
    }

    private static String text(PackedReader in) {
        return in.text((int) in.fixed(2));
    }
}
