package io.openuptimes.store.link;

import io.vertx.redis.client.impl.types.ErrorType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a node of a cluster answers in place of carrying out a command: nothing of it has been done.
 *
 * @param address of the node that it names; null where it names none
 */
record Redirect(Kind kind, @Nullable String address) {

    enum Kind {
        /** The slot is that node's now. */
        MOVED,
        /** That one command is for that node: the slot is on its way, and the keys are gone already. */
        ASK,
        /** Some of the keys are on their way. */
        TRYAGAIN,
        /** Nobody takes commands for the slot, or the cluster. */
        CLUSTERDOWN
    }

    /** In a batch, it stands behind the number of the command. */
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

    /** As if a server had said that it is too early. */
    static ErrorType again() {
        return ErrorType.create("TRYAGAIN");
    }
}
