package io.openuptimes.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.openuptimes.web.http.FairShares.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FairSharesTest {

    private final FairShares shares = new FairShares(new FairShares.Bounds("things", 20, 4, 2));
    private final List<String> evicted = new ArrayList<>();

    private Share take(String caller, boolean known) {
        Share share = shares.take(caller, known, 1);
        share.onEvicted(() -> evicted.add(caller));
        return share;
    }

    /** Takes the whole share of anonymous callers: 4, 4, 4, 4 and 2. */
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
    void aKnownCallerTakesFromAnonymousOnesWhateverTheyHold() {
        fill();
        for (int i = 0; i < 4; i++) {
            take("key", true); // two of them from the reserve
        }
        take("another key", true);

        assertThat(evicted).containsExactly("address 0", "address 1", "address 2");
        assertRefused("key", true, 429);
    }

    @Test
    void aKnownCallerTakesFromKnownOnesLast() {
        for (int i = 0; i < 19; i++) {
            take("key " + i / 4, true); // 4, 4, 4, 4 and 3
        }
        shares.take("key 5", true, 1).onEvicted(() -> evicted.add("key 5"));
        assertThat(evicted).isEmpty();
        shares.take("key 6", true, 1).close();
        assertThat(evicted).containsExactly("key 0");
        take("address", false);

        take("key 6", true);
        take("key 7", true);

        assertThat(evicted).containsExactly("key 0", "address", "key 1");
    }

    @Test
    void aKnownCallerIsNotOutweighedByAnonymousOnesThatHoldAsMuch() {
        shares.take("a", false, 9).onEvicted(() -> evicted.add("a"));
        shares.take("b", false, 9).onEvicted(() -> evicted.add("b"));

        assertThatThrownBy(() -> shares.take("c", false, 10)).isInstanceOf(ApiException.class);
        shares.take("key", true, 10);

        assertThat(evicted).containsExactly("a");
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

    static Stream<Arguments> newcomers() {
        return Stream.of(
                // holdings, amount requested by a newcomer, victims; null for a rejection
                arguments(holdings("a 9", "b 9"), 2, List.of("a 9")),
                arguments(holdings("a 9", "b 9"), 9, List.of("a 9")),
                arguments(holdings("a 9", "b 9"), 10, null), // more than any caller holds
                arguments(holdings("a 5", "b 5", "a 4", "b 4"), 6, List.of("a 5", "b 5")),
                arguments(holdings("a 5", "b 5", "a 4", "b 4"), 8, List.of("a 5", "b 5")),
                arguments(holdings("a 6", "b 6", "a 3", "b 3"), 9, List.of("a 6", "b 6")),
                arguments(holdings("a 3", "b 3", "c 3", "a 3", "b 3", "c 3"), 5, List.of("a 3", "b 3")),
                arguments(holdings("a 3", "b 3", "c 3", "a 3", "b 3", "c 3"), 6, List.of("a 3", "b 3")),
                arguments(holdings("a 2", "b 2", "c 2", "a 4", "b 4", "c 4"), 5, List.of("a 2", "b 2", "c 2")),
                arguments(holdings("a 1", "b 1", "c 1", "a 5", "b 5", "c 5"), 6, null), // after a 1, b 1, c 1
                arguments(holdings("a 17", "b 1"), 17, List.of("a 17")),
                arguments(holdings("a 17", "b 1"), 18, null),
                arguments(holdings("a 18"), 18, List.of("a 18")));
    }

    private static List<String> holdings(String... shares) {
        return List.of(shares);
    }

    @ParameterizedTest(name = "{0}, and one that wants {1}")
    @MethodSource("newcomers")
    void whatCannotBeWonCostsNobodyAnything(List<String> holdings, long wanted, @Nullable List<String> lost) {
        FairShares wide = new FairShares(new FairShares.Bounds("things", 20, 20, 2));
        holdings.forEach(each -> wide.take(each.substring(0, 1), false, Long.parseLong(each.substring(2)))
                .onEvicted(() -> evicted.add(each)));

        if (lost == null) {
            assertThatThrownBy(() -> wide.take("new", false, wanted)).isInstanceOf(ApiException.class);
            assertThat(evicted).isEmpty();
            assertThat(wide.open()).isEqualTo(18);
        } else {
            wide.take("new", false, wanted);
            assertThat(evicted).isEqualTo(lost);
        }
    }

    @Test
    void aShareThatIsHandedOverCountsForTheOtherCaller() {
        Share body = shares.take("a", false, 10).split(7);
        Share other = shares.take("b", false, 1);

        Share moved = body.moveTo(other);
        body.close();

        assertThat(moved).isNotNull();
        assertThat(shares.open()).isEqualTo(11);
        assertRefused("b", false, 429);
        take("a", false);
        moved.close();
        assertThat(shares.open()).isEqualTo(5);
        assertThat(moved.moveTo(other)).isNull();
    }

    @Test
    void whoHoldsOneShareMayTakeMoreThanItsLimitWithIt() {
        Share only = shares.take("a", false, 1);
        assertThat(only.takeMore(12)).isNotNull();
        assertThat(only.takeMore(1)).isNull();

        Share one = shares.take("b", false, 1);
        shares.take("b", false, 1);
        assertThat(one.takeMore(2)).isNotNull();
        assertThat(one.takeMore(1)).isNull();
        one.close();
        assertThat(one.takeMore(1)).isNull();
        assertThat(shares.open()).isEqualTo(16);
    }

    @Test
    void aPartOfAShareIsHeldOnItsOwn() {
        Share whole = shares.take("a", false, 10); // the first share may exceed the limit
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
