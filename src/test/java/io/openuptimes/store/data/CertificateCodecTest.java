package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.openuptimes.model.ServerCertificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
            assertThat(CertificateCodec.decode(CertificateCodec.encode(one))).isEqualTo(one);
        }
    }

    @Test
    void passesOverWhatALaterVersionAdds() {
        byte[] packed = CertificateCodec.encode(CERTIFICATE);

        assertThat(CertificateCodec.decode(Arrays.copyOf(packed, packed.length + 7)))
                .isEqualTo(CERTIFICATE);
    }

    @Test
    void refusesWhatIsCutOffOrOfAnotherForm() {
        byte[] packed = CertificateCodec.encode(CERTIFICATE);
        for (int length = 0; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatIllegalArgumentException().isThrownBy(() -> CertificateCodec.decode(cut));
        }
        packed[0] = 2;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CertificateCodec.decode(packed))
                .withMessageContaining("later version");
        assertThat(new SharedCertificates().read("s", packed)).isNull();
    }

    @Test
    void equalOnesAreOneInstance() {
        SharedCertificates instances = new SharedCertificates();
        byte[] packed = CertificateCodec.encode(CERTIFICATE);

        assertThat(instances.read("a", packed)).isEqualTo(CERTIFICATE).isSameAs(instances.read("b", packed));
    }
}
