package io.openuptimes.web;

import io.openuptimes.model.Peer;
import io.openuptimes.web.history.PeerMember;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The server that a check reached, in answers to callers with a key: nobody else is told an address. */
final class PeerJson {

    private PeerJson() {}

    /** Adds its members, which are null where they are not known. */
    static void put(JsonObject json, @Nullable Peer peer) {
        for (PeerMember member : PeerMember.values()) {
            json.put(member.word(), member.of(peer));
        }
    }
}
