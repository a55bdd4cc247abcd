package io.openuptimes.check.type.http;

/** What follows a redirect: another request, or the end of the check. */
sealed interface Next permits Hop, Failure {}
