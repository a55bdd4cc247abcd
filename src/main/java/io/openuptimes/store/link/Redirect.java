package io.openuptimes.store.link;

import io.vertx.redis.client.impl.types.ErrorType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cluster node's redirection. The command was not executed.
 *
 * @param address of the node that the answer names; null if it names none
 */
record Redirect(Kind kind, @Nullable String address) {

    enum Kind {
        /** The slot now belongs to the named node. */
        MOVED,
        /** Send this one command to the named node: the slot is being migrated and the keys have already moved. */
        ASK,
        /** Some of the keys are being migrated. */
        TRYAGAIN,
        /** The slot has no master, or the whole cluster is down. */
        CLUSTERDOWN
    }

    /** In a batch, the index of the command precedes it. */
    private static final Pattern FORM =
            Pattern.compile("^(?:ERR )?(?:\\[\\d+\\] )?(MOVED|ASK|TRYAGAIN|CLUSTERDOWN)(?: \\d+ (\\S+))?");

    /** Null for any other failure. */
    static @Nullable Redirect of(Throwable failure) {
        if (!(failure instanceof ErrorType)) {
            return null;
        }
        Matcher form = FORM.matcher(RedisErrors.text(failure));
        return form.find() ? new Redirect(Kind.valueOf(form.group(1)), form.group(2)) : null;
    }

    /** A local {@code TRYAGAIN}. */
    static ErrorType again() {
        return ErrorType.create("TRYAGAIN");
    }
}
