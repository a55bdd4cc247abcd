package io.openuptimes.store.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Peer;
import io.openuptimes.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PeerLogTest {

    private static final long DAY_START = 20_000 * Keys.DAY_MS;

    private static final Peer ONE = new Peer("192.0.2.1:443", "HTTP/2", "TLSv1.3", null);
    private static final Peer OTHER = new Peer("[2001:db8::1]:80", "HTTP/1.1", null, null);

    /** Like the script. */
    private static Packed change(Packed log, long at, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return log.fixed(at, 4).raw(utf8).octet(utf8.length);
    }

    @Provide
    Arbitrary<Peer> peers() {
        return Arbitraries.of(
                ONE,
                OTHER,
                new Peer("192.0.2.1:443", null, "TLSv1.2", null),
                new Peer("192.0.2.1:443", null, null, null),
                new Peer("[fe80::1%eth0]:8443", "HTTP/1.0", null, null));
    }

    @Property(seed = Seed.FIXED)
    void aTextGivesBackItsServer(@ForAll("peers") Peer peer) {
        assertThat(PeerLog.peer(PeerLog.text(peer))).isEqualTo(peer);
    }

    @Example
    void noServerIsNoText() {
        assertThat(PeerLog.text(null)).isEmpty();
        assertThat(PeerLog.peer("")).isNull();
        assertThat(PeerLog.text(new Peer("x".repeat(256), null, null, null))).isEmpty();
    }

    @Example
    void wordsOfALaterVersionAreSkipped() {
        assertThat(PeerLog.peer("192.0.2.1:443 HTTP/2 TLSv1.3 and more")).isEqualTo(ONE);
    }

    @Example
    void anEntryHoldsUntilTheNext() {
        Packed day = new Packed(16);
        change(day, 1_000, PeerLog.text(ONE));
        change(day, 5_000, "");
        change(day, 86_399_999, PeerLog.text(OTHER));
        PeerLog log = PeerLog.decode(day.toBytes(), DAY_START);

        assertThat(log.at(DAY_START + 999)).isNull();
        assertThat(log.at(DAY_START + 1_000)).isEqualTo(ONE);
        assertThat(log.at(DAY_START + 4_999)).isEqualTo(ONE);
        assertThat(log.at(DAY_START + 5_000)).isNull();
        assertThat(log.at(DAY_START + 86_399_999)).isEqualTo(OTHER);
    }

    @Example
    void aServerThatWasThereBeforeIsNamedByItsPlace() {
        Packed day = new Packed(16);
        change(day, 1_000, PeerLog.text(ONE));
        int place = day.length() - 1;
        change(day, 2_000, PeerLog.text(OTHER));
        day.fixed(3_000, 4).fixed(place, 2).octet(255);
        PeerLog log = PeerLog.decode(day.toBytes(), DAY_START);

        assertThat(log.at(DAY_START + 1_999)).isEqualTo(ONE);
        assertThat(log.at(DAY_START + 2_999)).isEqualTo(OTHER);
        assertThat(log.at(DAY_START + 3_000)).isEqualTo(ONE);
    }

    @Example
    void damageHidesWhatIsBeforeIt() {
        Packed day = new Packed(16);
        change(day, 1_000, PeerLog.text(ONE));
        change(day, 5_000, PeerLog.text(OTHER));
        byte[] bytes = day.toBytes();

        PeerLog log = PeerLog.decode(Arrays.copyOfRange(bytes, 7, bytes.length), DAY_START);

        assertThat(log.at(DAY_START + 1_000)).isNull();
        assertThat(log.at(DAY_START + 5_000)).isEqualTo(OTHER);
    }

    @Property(seed = Seed.FIXED)
    void survivesAnyBytes(@ForAll @Size(max = 300) byte[] rubbish, @ForAll @IntRange(max = 86_400_000) int at) {
        PeerLog log = PeerLog.decode(rubbish, DAY_START);
        Peer peer = log.at(DAY_START + at);
        assertThat(peer == null || !peer.address().isEmpty()).isTrue();
    }
}
