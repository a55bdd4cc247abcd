package io.openuptimes.web.history;

import io.openuptimes.model.Peer;
import org.jspecify.annotations.Nullable;

/** What callers with a key are told of the server that a check reached, in this order; nobody else is told an address. */
public enum PeerMember {
    ADDRESS("address"),
    PROTOCOL("protocol"),
    TLS_VERSION("tlsVersion");

    private final String word;

    PeerMember(String word) {
        this.word = word;
    }

    /** As answers name it. */
    public String word() {
        return word;
    }

    /** Null where it is not known. */
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
