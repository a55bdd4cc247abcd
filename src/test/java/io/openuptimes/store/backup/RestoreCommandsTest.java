package io.openuptimes.store.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.store.data.HistoryLimits;
import io.openuptimes.store.secrets.KeyRing;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestoreCommandsTest {

    private static final long DAY = 20_000;
    private static final Item ITEM = Item.of(
            Kind.DAY, Item.bytes("id-1"), Item.bytes(Long.toString(DAY)), Item.bytes("history"), Item.bytes("peers"));

    /** The bundled Redis 5 knows neither PXAT nor EXAT. */
    @Test
    void history_expires_by_a_command_that_old_servers_support() throws Exception {
        try (BackupFile file = BackupFile.open(Path.of("src/test/resources/backup/format-1.backup"))) {
            RestorePlan plan = RestorePlan.of(file);
            long expiry = HistoryLimits.expiryOf(DAY, plan.ttlSeconds());
            List<Request> commands = new RestoreCommands(plan, KeyRing.none(), expiry - 1).of(ITEM);
            assertThat(commands)
                    .extracting(Request::command)
                    .containsExactly(Command.SET, Command.PEXPIREAT, Command.SET, Command.PEXPIREAT);
            assertThat(commands.get(1).toString()).contains(Long.toString(expiry));
            assertThat(new RestoreCommands(plan, KeyRing.none(), expiry).of(ITEM))
                    .isEmpty();
        }
    }
}
