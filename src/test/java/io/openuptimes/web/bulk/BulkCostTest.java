package io.openuptimes.web.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The memory that a request is charged for its entries. */
class BulkCostTest {

    private final AtomicLong cost = new AtomicLong();
    private final List<Object> entries = new ArrayList<>();

    private long costOf(String type, String text) {
        cost.set(0);
        BulkBody body = BulkBody.of(type, entries::add, cost::addAndGet);
        body.take(text.getBytes(StandardCharsets.UTF_8));
        body.end();
        return cost.get();
    }

    @Test
    void everyCellOfATableThatIsNotEmptyIsCharged() {
        String table = "name,url,group,labels.team\nShop,http://h/,,x\n,,,\nMail,http://h/,,\n";

        assertThat(costOf("text/csv", table)).isEqualTo(5 * 160 + "Shophttp://h/xMailhttp://h/".length());
        assertThat(entries).hasSize(2);
    }

    @Test
    void aTextThatYamlSharesIsChargedForEveryEntry() {
        String text = "x".repeat(10_000);
        String one = "x-body: &body " + text + "\nservices:\n- {name: a, body: *body, headers: {a: *body}}\n";

        long extra = costOf("application/yaml", one + "- {name: b, body: *body, headers: {a: *body}}\n")
                - costOf("application/yaml", one);

        assertThat(extra).isBetween(2 * 2 * 10_000L, 2 * 2 * 10_000L + 20_000);
    }

    @Test
    void nestedListsAreNotExpandedToCountThem() {
        StringBuilder yaml = new StringBuilder("x-0: &a0 [lol]\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("x-" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1) + "]\n");
        }

        assertThat(costOf("application/yaml", yaml + "services: [{locations: *a11}]\n"))
                .isLessThan(1_000_000);
    }
}
