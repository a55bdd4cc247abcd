package io.openuptimes.config;

import java.util.List;

/** Settings that work and should be changed all the same. */
public final class WeakSettings {

    private static final int MIN_API_KEY = 16;

    private WeakSettings() {}

    /** A line for the log about each; none holds a value. */
    public static List<String> of(Settings settings) {
        String apiKey = settings.access().apiKey();
        return apiKey == null || apiKey.length() >= MIN_API_KEY
                ? List.of()
                : List.of("access.apiKey (OPENUPTIMES_API_KEY) has fewer than " + MIN_API_KEY
                        + " characters and could be guessed; use a long random string");
    }
}
