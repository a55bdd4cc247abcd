package io.openuptimes.store.services;

import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists what to remove for good. Entries of services that exist when they fall due are not removed. */
final class ForgetList {

    private final Link link;

    ForgetList(Link link) {
        this.link = link;
    }

    /**
     * @param due when to remove them, epoch milliseconds
     */
    Future<?> add(List<Past> pasts, long due) {
        Request add = Request.cmd(Command.ZADD).arg(Keys.DELETED);
        pasts.forEach(past -> add.arg(due).arg(past.encode()));
        return link.send(add);
    }

    /** Entries due by then, encoded by {@link Past#encode}. */
    Future<List<String>> due(long now, int limit) {
        return link.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.DELETED)
                        .arg("-inf")
                        .arg(now)
                        .arg("BYSCORE")
                        .arg("LIMIT")
                        .arg(0)
                        .arg(limit))
                .map(ForgetList::texts);
    }

    Future<List<String>> all() {
        return link.send(Request.cmd(Command.ZRANGE).arg(Keys.DELETED).arg(0).arg(-1))
                .map(ForgetList::texts);
    }

    Future<Void> remove(String member) {
        return link.send(Request.cmd(Command.ZREM).arg(Keys.DELETED).arg(member))
                .mapEmpty();
    }

    Future<Void> remove(List<Past> pasts) {
        Request remove = Request.cmd(Command.ZREM).arg(Keys.DELETED);
        pasts.forEach(past -> remove.arg(past.encode()));
        return link.send(remove).mapEmpty();
    }

    private static List<String> texts(@Nullable Response answer) {
        List<String> texts = new ArrayList<>();
        if (answer != null) {
            answer.forEach(text -> texts.add(text.toString()));
        }
        return texts;
    }
}
