package io.openuptimes.check.type.http;

import io.openuptimes.check.net.Failure;

/** The next step after a redirect: another request, or the end of the check. */
sealed interface Next permits Hop, Next.End {

    /** The redirect cannot be followed. */
    record End(Failure failure) implements Next {}
}
