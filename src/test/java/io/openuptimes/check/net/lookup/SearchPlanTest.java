package io.openuptimes.check.net.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.check.net.lookup.LookupException.Reason;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names queried for a given name, as by glibc's {@code res_search}. */
class SearchPlanTest {

    @ParameterizedTest(name = "{0}, ndots {1}, search [{2}]")
    @CsvSource({
        "shop, 1, '', shop.",
        "shop, 1, a.test b.test, shop.a.test. shop.b.test. shop.",
        "shop.app, 1, a.test b.test, shop.app. shop.app.a.test. shop.app.b.test.",
        "shop.app, 5, app.svc.cluster.local svc.cluster.local,"
                + " shop.app.app.svc.cluster.local. shop.app.svc.cluster.local. shop.app.",
        "a.b.c.d.e.f, 5, svc.cluster.local, a.b.c.d.e.f. a.b.c.d.e.f.svc.cluster.local.",
        "shop.app, 2, a.test, shop.app.a.test. shop.app.",
        "shop., 5, a.test, shop.",
        "shop, 0, a.test, shop. shop.a.test.",
        "shop, 1, ., shop.",
        "shop, 1, .a.test., shop.a.test. shop.",
    })
    void asksTheseNames(String name, int ndots, String search, String asked) {
        ResolvConf conf = ResolvConf.parse("search " + search + "\noptions ndots:" + ndots, 53);
        assertThat(String.join(" ", SearchPlan.of(name, conf).names())).isEqualTo(asked);
    }

    @ParameterizedTest(name = "{0} of {2}, asked of name {1}: {3}")
    @CsvSource({
        "NO_SUCH_NAME, 0, shop, 1",
        "NO_ADDRESS, 0, shop, 1",
        "SERVER_FAILED, 0, shop, 1",
        "SERVER_SILENT, 0, shop, 2",
        "SERVER_REFUSED, 0, shop, 2",
        "SERVER_UNREACHABLE, 0, shop, 3",
        "NO_SUCH_NAME, 2, shop, 3",
        "NO_SUCH_NAME, 0, shop.app, 1",
        "SERVER_SILENT, 0, shop.app, 1",
        "SERVER_SILENT, 1, shop.app, 3",
        "SERVER_FAILED, 1, shop.app, 2",
    })
    void goesOnDependingOnTheFailure(Reason reason, int at, String name, int next) {
        ResolvConf conf = new ResolvConf(List.of(), List.of("a.test", "b.test"), 1, 1, 1);
        assertThat(SearchPlan.of(name, conf).after(at, new LookupException(reason, null)))
                .isEqualTo(next);
    }
}
