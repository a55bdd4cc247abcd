package io.openuptimes.check.http;

import io.openuptimes.model.Outcome;

/**
 * Why a check is down.
 *
 * @param text a few words that name no URL, host or address: callers without a key read them
 */
record Failure(Outcome outcome, String text) implements Next {}
