package io.openuptimes.web.history;

import io.openuptimes.model.Peer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What callers with a key are told of the server that a check reached, in this order; nobody else is told an address. */
public enum PeerMember {
    ADDRESS("address", Peer::address),
    PROTOCOL("protocol", Peer::protocol),
    TLS_VERSION("tlsVersion", Peer::tlsVersion);

    private final String word;
    private final Function<Peer, @Nullable String> value;

    PeerMember(String word, Function<Peer, @Nullable String> value) {
        this.word = word;
        this.value = value;
    }

    /** As answers name it. */
    public String word() {
        return word;
    }

    /** Null where it is not known. */
    public @Nullable String of(@Nullable Peer peer) {
        return peer == null ? null : value.apply(peer);
    }
}
