package io.openuptimes.store.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTest {

    private static final SecretKey OLD = SecretKey.parse("00".repeat(32));
    private static final SecretKey NEW = SecretKey.parse("ff".repeat(32));
    private static final String PLACE = "id-1/headers.authorization";

    private final KeyRing keys = KeyRing.of(NEW, List.of(OLD));
    private final SecretBox box = new SecretBox(keys);

    private SecretBox sealingWith(SecretKey key) {
        keys.activate(key);
        return box;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cr3t", "enc:v1:00000000:AAAA", "enc:plain:x", "ä 😀\n"})
    void opensWhatItSealed(String value) throws Exception {
        String sealed = sealingWith(NEW).seal(value, PLACE);
        assertThat(sealed).startsWith("enc:v1:" + NEW.id() + ":");
        assertThat(value.length() > 3 && sealed.contains(value)).isFalse();
        assertThat(box.open(sealed, PLACE)).isEqualTo(value);
        assertThat(box.seal(value, PLACE)).isNotEqualTo(sealed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cr3t", "enc:v1:00000000:AAAA", "enc:plain:x"})
    void withoutAKeyTextStaysPlain(String value) throws Exception {
        SecretBox plain = new SecretBox(KeyRing.none());
        assertThat(plain.open(plain.seal(value, PLACE), PLACE)).isEqualTo(value);
        assertThat(plain.seal("s3cr3t", PLACE)).isEqualTo("s3cr3t");
    }

    @Test
    void opensPlainTextOfOlderVersions() throws Exception {
        assertThat(sealingWith(NEW).open("s3cr3t", PLACE)).isEqualTo("s3cr3t");
        assertThat(box.isStale("s3cr3t")).isTrue();
    }

    @Test
    void opensWithEveryKeyThatIsHeld() throws Exception {
        String old = sealingWith(OLD).seal("s3cr3t", PLACE);
        assertThat(sealingWith(NEW).open(old, PLACE)).isEqualTo("s3cr3t");
        assertThat(box.isStale(old)).isTrue();
        assertThat(box.isStale(box.seal("s3cr3t", PLACE))).isFalse();
    }

    @Test
    void aSealedValueOpensInItsPlaceOnly() {
        String sealed = sealingWith(NEW).seal("s3cr3t", PLACE);
        for (String other : List.of("id-2/headers.authorization", "id-1/body", "")) {
            assertThatThrownBy(() -> box.open(sealed, other)).isInstanceOf(SealedException.class);
        }
    }

    @Test
    void aChangedByteIsNoticed() {
        String sealed = sealingWith(NEW).seal("s3cr3t", PLACE);
        String prefix = sealed.substring(0, sealed.lastIndexOf(':') + 1);
        byte[] bytes = Base64.getDecoder().decode(sealed.substring(prefix.length()));
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> box.open(prefix + Base64.getEncoder().encodeToString(damaged), PLACE))
                    .isInstanceOf(SealedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"enc:", "enc:v1:", "enc:v1:x", "enc:v2:00000000:AAAA", "enc:v1:00000000:AAAA", "enc:v1::"})
    void whatCannotBeOpenedIsAFailureThatSaysNothingOfIt(String stored) {
        assertThatThrownBy(() -> sealingWith(NEW).open(stored, PLACE))
                .isInstanceOf(SealedException.class)
                .message()
                .doesNotContain("AAAA");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF\n",
                "ASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8=",
                "ASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8",
            })
    void aKeyOf32BytesIsTheSameInEachForm(String text) {
        SecretKey key = SecretKey.parse(text);
        assertThat(key.aes().getEncoded()).hasSize(32).startsWith(0x01, 0x23, 0x45);
        assertThat(key.id())
                .isEqualTo(SecretKey.parse("0123456789abcdef".repeat(4)).id());
    }

    @Test
    void aPassphraseIsStretchedToTheSameKeyEachTime() {
        SecretKey key = SecretKey.parse("correct horse battery");
        assertThat(key.aes().getEncoded()).hasSize(32);
        assertThat(key.id()).isEqualTo(SecretKey.parse("correct horse battery").id());
        assertThat(key.id())
                .isNotEqualTo(SecretKey.parse("correct horse batterz").id());
        assertThat(key.toString()).isEqualTo("SecretKey[" + key.id() + "]");
    }
}
