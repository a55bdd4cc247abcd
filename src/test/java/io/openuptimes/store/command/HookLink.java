package io.openuptimes.store.command;

import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A link that runs a hook before each call; the call waits for the hook and fails with it. */
final class HookLink implements Link {

    /** What happens. */
    @FunctionalInterface
    interface Hook {

        /**
         * @param call its number, from 0
         */
        Future<Void> before(int call, List<Request> commands);
    }

    private final Link link;
    private final Hook hook;
    private int calls;

    HookLink(Link link, Hook hook) {
        this.link = link;
        this.hook = hook;
    }

    @Override
    public void open() {
        link.open();
    }

    @Override
    public boolean isUp() {
        return link.isUp();
    }

    @Override
    public Future<@Nullable Response> send(Request command) {
        return hook.before(calls++, List.of(command)).compose(done -> link.send(command));
    }

    @Override
    public Future<List<@Nullable Response>> batch(List<Request> commands) {
        return hook.before(calls++, commands).compose(done -> link.batch(commands));
    }

    @Override
    public Future<Void> confirm() {
        return link.confirm();
    }

    @Override
    public Future<Void> verify() {
        return link.verify();
    }

    @Override
    public Future<Void> close() {
        return link.close();
    }
}
