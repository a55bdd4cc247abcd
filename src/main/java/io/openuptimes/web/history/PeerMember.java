package io.openuptimes.web.history;

import io.openuptimes.model.Peer;
import org.jspecify.annotations.Nullable;

/** What callers with a key see of the server that a check reached, in this order. Nobody else sees an address. */
public enum PeerMember {
    ADDRESS("address"),
    PROTOCOL("protocol"),
    TLS_VERSION("tlsVersion");

    private final String word;

    PeerMember(String word) {
        this.word = word;
    }

    /** The name used in responses. */
    public String word() {
        return word;
    }

    /** Null if unknown. */
    public @Nullable String of(@Nullable Peer peer) {
        if (peer == null) {
            return null;
        }
        return switch (this) {
            case ADDRESS -> peer.address();
            case PROTOCOL -> peer.protocol();
            case TLS_VERSION -> peer.tlsVersion();
        };
    }
}
