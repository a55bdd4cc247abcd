package io.openuptimes.store.embedded;

import java.util.Locale;

/** How to install a Redis server with current security fixes on this system. */
final class InstallHint {

    private InstallHint() {}

    static String text() {
        return text(System.getProperty("os.name", ""));
    }

    static String text(String os) {
        String name = os.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return "Run a Redis in WSL or Docker and set OPENUPTIMES_REDIS_URL.";
        }
        String command = name.startsWith("mac")
                ? "brew install valkey"
                : "for example apt-get install redis-server, or dnf install valkey";
        return "Install valkey-server 7.2 or newer, or redis-server 7.0.15 or newer (" + command + ").";
    }
}
