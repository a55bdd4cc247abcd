package io.openuptimes.check.http;

/** Where a redirect leads: to another request, or to the end of the check. */
sealed interface Next permits Hop, Failure {}
