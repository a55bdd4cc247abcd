package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CertificateCodecTest {

    private static final ServerCertificate CERTIFICATE = new ServerCertificate(
            -1, 1_800_000_000_000L, Long.MAX_VALUE, "CN=Größe", List.of("a.example", "::1"), "ab".repeat(32));

    @Test
    void readsWhatItWrote() {
        ServerCertificate bare = new ServerCertificate(0, 0, 0, "", List.of(), "");
        ServerCertificate large = new ServerCertificate(
                0, 1, 2, "😀".repeat(500), Collections.nCopies(100, "ü".repeat(255)), "ab".repeat(32));

        for (ServerCertificate one : List.of(CERTIFICATE, bare, large)) {
            for (int urlHash : new int[] {0, 1, -1, Integer.MIN_VALUE}) {
                assertThat(CertificateCodec.decode("a", CertificateCodec.encode(one, urlHash)))
                        .isEqualTo(new SeenCertificate("a", urlHash, one));
            }
        }
    }

    @Test
    void passesOverWhatALaterVersionAdds() {
        byte[] packed = CertificateCodec.encode(CERTIFICATE, 7);

        assertThat(CertificateCodec.decode("a", Arrays.copyOf(packed, packed.length + 7)))
                .isEqualTo(new SeenCertificate("a", 7, CERTIFICATE));
    }

    @Test
    void refusesWhatIsCutOffOrOfAnotherForm() {
        byte[] packed = CertificateCodec.encode(CERTIFICATE, 0);
        for (int length = 0; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatIllegalArgumentException().isThrownBy(() -> CertificateCodec.decode("a", cut));
        }
        packed[0] = 2;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CertificateCodec.decode("a", packed))
                .withMessageContaining("later version");
        assertThat(new SharedCertificates().read("s", packed)).isNull();
    }

    @Test
    void equalOnesAreOneInstance() {
        SharedCertificates instances = new SharedCertificates();
        byte[] packed = CertificateCodec.encode(CERTIFICATE, 0);

        SeenCertificate one = Objects.requireNonNull(instances.read("a", packed));
        SeenCertificate other = Objects.requireNonNull(instances.read("b", packed));

        assertThat(one.certificate()).isEqualTo(CERTIFICATE).isSameAs(other.certificate());
    }
}
