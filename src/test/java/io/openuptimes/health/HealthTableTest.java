package io.openuptimes.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.health.HealthState.Form;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HealthTableTest {

    private final Random random = new Random(7);

    private HealthState state() {
        return new HealthState(
                random.nextBoolean() ? Outcome.TLS : Outcome.ofCode(999, Status.UP),
                random.nextLong(1L << 45),
                random.nextLong(1L << 45),
                random.nextInt(),
                random.nextInt(100_000),
                random.nextInt(),
                List.of(Form.values()).get(random.nextInt(3)),
                random.nextInt());
    }

    @Test
    void keeps_each_state_in_its_row_while_others_come_and_go() {
        HealthTable table = new HealthTable();
        Map<Integer, HealthState> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int what = random.nextInt(3);
            if (what == 0 || model.isEmpty()) {
                HealthState state = state();
                assertThat(model.put(table.add(state), state)).isNull();
                continue;
            }
            int row = model.keySet().iterator().next();
            if (what == 1) {
                HealthState state = state();
                table.set(row, state);
                model.put(row, state);
            } else {
                table.free(row);
                model.remove(row);
            }
        }
        assertThat(model).isNotEmpty();
        model.forEach((row, state) -> assertThat(table.get(row)).isEqualTo(state));
    }

    @Test
    void a_freed_row_is_used_again() {
        HealthTable table = new HealthTable();
        int first = table.add(state());
        table.add(state());
        table.free(first);

        assertThat(table.add(state())).isEqualTo(first);
    }
}
