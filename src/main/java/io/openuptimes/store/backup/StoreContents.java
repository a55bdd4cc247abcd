package io.openuptimes.store.backup;

import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A store's contents that its owner would miss.
 *
 * @param services number of services
 * @param keys number of API keys
 * @param settings whether any are set
 */
record StoreContents(long services, long keys, boolean settings) {

    static Future<StoreContents> of(Link link) {
        List<Request> sizes = new ArrayList<>(List.of(
                Request.cmd(Command.HGETALL).arg(Keys.SETTINGS),
                Request.cmd(Command.HLEN).arg(Keys.API_KEYS),
                Request.cmd(Command.HLEN).arg(Keys.API_KEYS_LIMITED)));
        for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
            sizes.add(Request.cmd(Command.HLEN).arg(Keys.services(partition)));
        }
        return link.batch(sizes)
                .map(answers -> new StoreContents(
                        sum(answers.subList(3, answers.size())), sum(answers.subList(1, 3)), hasAny(answers.get(0))));
    }

    private static long sum(List<@Nullable Response> answers) {
        return answers.stream()
                .filter(Objects::nonNull)
                .mapToLong(Response::toLong)
                .sum();
    }

    private static boolean hasAny(@Nullable Response settings) {
        return settings != null && settings.getKeys().stream().anyMatch(field -> !Shared.OWN_SETTINGS.contains(field));
    }

    boolean isEmpty() {
        return services == 0 && keys == 0 && !settings;
    }

    /** Text for messages. */
    @Override
    public String toString() {
        return services
                + (services == 1 ? " service, " : " services, ")
                + keys
                + (keys == 1 ? " API key" : " API keys")
                + (settings ? " and settings" : "");
    }
}
