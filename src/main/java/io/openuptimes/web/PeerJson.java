package io.openuptimes.web;

import io.openuptimes.model.Peer;
import io.openuptimes.web.history.PeerMember;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The server that a check reached, only in answers to callers with a key: addresses are not public. */
final class PeerJson {

    private PeerJson() {}

    /** Adds the members, null if unknown. */
    static void put(JsonObject json, @Nullable Peer peer) {
        for (PeerMember member : PeerMember.values()) {
            json.put(member.word(), member.of(peer));
        }
    }
}
