package io.openuptimes.config;

import java.util.List;

/** Settings that work but should be changed. */
public final class WeakSettings {

    private static final int MIN_API_KEY = 16;

    private WeakSettings() {}

    /** One log line per setting; none contains a value. */
    public static List<String> of(Settings settings) {
        String apiKey = settings.access().apiKey();
        return apiKey == null || apiKey.length() >= MIN_API_KEY
                ? List.of()
                : List.of("access.apiKey (OPENUPTIMES_API_KEY) has fewer than " + MIN_API_KEY
                        + " characters and could be guessed; use a long random string");
    }
}
