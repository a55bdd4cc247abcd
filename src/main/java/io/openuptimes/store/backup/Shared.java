package io.openuptimes.store.backup;

import io.openuptimes.store.data.Keys;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A backup's contents besides the services, by name in the file, which never changes. */
enum Shared {
    SECRETS("secrets", Kind.VALUE, Keys.SECRETS),
    DECLARED("declared", Kind.SET, Keys.DECLARED),
    SETTINGS("settings", Kind.HASH, Keys.SETTINGS),
    API_KEYS("keys", Kind.HASH, Keys.API_KEYS),
    API_KEYS_LIMITED("keys:limited", Kind.HASH, Keys.API_KEYS_LIMITED),
    API_KEYS_SETUP("keys:setup", Kind.HASH, Keys.API_KEYS_SETUP),
    API_KEYS_USED("keys:used", Kind.HASH, Keys.API_KEYS_USED),
    EVENTS("events", Kind.ENTRY, Keys.EVENTS),
    AUDIT("audit", Kind.ENTRY, Keys.AUDIT),
    AUDIT_FAILED("audit:failed", Kind.ENTRY, Keys.AUDIT_FAILED);

    /** Fields of the settings that belong to one store: its id, and the epoch of its sessions. */
    static final Set<String> OWN_SETTINGS = Set.of("dataId", "sessionEpoch");

    private final String word;
    private final Kind kind;
    private final String key;

    Shared(String word, Kind kind, String key) {
        this.word = word;
        this.kind = kind;
        this.key = key;
    }

    String word() {
        return word;
    }

    Kind kind() {
        return kind;
    }

    /** The key in Redis. */
    String key() {
        return key;
    }

    static @Nullable Shared of(Kind kind, String word) {
        return Arrays.stream(values())
                .filter(shared -> shared.kind == kind && shared.word.equals(word))
                .findFirst()
                .orElse(null);
    }
}
