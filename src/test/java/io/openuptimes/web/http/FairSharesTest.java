package io.openuptimes.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.web.http.FairShares.Share;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairSharesTest {

    private final FairShares shares = new FairShares(new FairShares.Bounds("things", 20, 4, 2));
    private final List<String> evicted = new ArrayList<>();

    private Share take(String caller, boolean known) {
        Share share = shares.take(caller, known, 1);
        share.onEvicted(() -> evicted.add(caller));
        return share;
    }

    /** Takes all that anonymous callers may take: 4, 4, 4, 4 and 2. */
    private void fill() {
        for (int i = 0; i < 18; i++) {
            take("address " + i / 4, false);
        }
    }

    private void assertRefused(String caller, boolean known, int status) {
        assertThatThrownBy(() -> take(caller, known)).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.headers()).containsKey("Retry-After");
        });
    }

    @Test
    void oneCallerHasItsShareAtMost() {
        for (int i = 0; i < 4; i++) {
            take("a", false);
        }

        assertRefused("a", false, 429);
        take("b", false);
        assertThat(evicted).isEmpty();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        Share first = take("a", false);
        first.close();
        first.close();
        assertThat(shares.open()).isZero();

        fill();
        assertThat(shares.open()).isEqualTo(18);
    }

    @Test
    void aKnownCallerTakesFromTheReserve() {
        fill();

        take("key", true);
        take("key", true);

        assertThat(evicted).isEmpty();
        assertThat(shares.open()).isEqualTo(20);
    }

    @Test
    void aNewcomerTakesTheOldestShareOfTheCallerWithTheMost() {
        fill();

        take("new", false);
        take("new", false);

        assertThat(evicted).containsExactly("address 0", "address 1");
        assertThat(shares.open()).isEqualTo(18);
    }

    @Test
    void holdingsBecomeEqualAndThenNobodyLosesAnything() {
        fill();
        for (int i = 0; i < 3; i++) {
            take("new", false); // 3, 3, 3, 4, 2, 3
        }
        take("address 4", false); // 3 for each

        assertThat(evicted).hasSize(4);
        assertRefused("new", false, 429);
        assertThat(evicted).hasSize(4);
    }

    @Test
    void aKnownCallerNeverLosesAShareToAnAnonymousOne() {
        for (int i = 0; i < 20; i++) {
            take("key " + i / 4, true);
        }

        assertRefused("address", false, 503);
        take("another key", true);
        assertThat(evicted).hasSize(1).allMatch(caller -> caller.startsWith("key "));
    }

    @Test
    void aKnownCallerTakesFromAnonymousOnesThatHoldMore() {
        fill();
        take("key", true);
        take("key", true);

        take("key", true);

        assertThat(evicted).hasSize(1).allMatch(caller -> caller.startsWith("address "));
    }

    @Test
    void whoLosesAShareBeforeListeningIsToldAtOnce() {
        FairShares one = new FairShares(new FairShares.Bounds("things", 2, 2, 0));
        Share first = one.take("a", false, 1);
        one.take("a", false, 1);
        one.take("b", false, 1);

        first.onEvicted(() -> evicted.add("a"));

        assertThat(evicted).containsExactly("a");
    }

    @Test
    void theFirstShareOfACallerMayBeLargerThanItsLimit() {
        Share large = shares.take("a", false, 15);
        assertRefused("a", false, 429);

        large.shrinkTo(1);

        assertThat(shares.open()).isEqualTo(1);
        take("a", false);
        large.close();
        assertThat(shares.open()).isEqualTo(1);
    }

    @Test
    void ofTheLargestHoldingsSoManyGoAsMakeRoom() {
        for (String caller : List.of("a", "b", "c", "d")) {
            take(caller, false);
            take(caller, false);
            take(caller, false);
            take(caller, false); // 16 of 18
        }

        shares.take("new", false, 4);

        assertThat(evicted).hasSize(2);
        assertThat(shares.open()).isEqualTo(18);
    }

    @Test
    void aPartOfAShareIsHeldOnItsOwn() {
        Share whole = shares.take("a", false, 10); // the first one may exceed the bound
        Share part = whole.split(7);

        whole.close();
        assertThat(shares.open()).isEqualTo(7);
        part.close();
        part.close();
        assertThat(shares.open()).isZero();
    }

    @Test
    void aPartOfAShareThatIsEvictedIsEvictedToo() {
        Share lost = shares.take("a", false, 18);
        take("b", false);

        lost.split(7).onEvicted(() -> evicted.add("part"));

        assertThat(evicted).containsExactly("part");
        assertThat(shares.open()).isEqualTo(1);
    }
}
