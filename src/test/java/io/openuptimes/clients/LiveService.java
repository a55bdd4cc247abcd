package io.openuptimes.clients;

import io.openuptimes.testing.RunningApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The service called by the clients, with an admin key. */
final class LiveService implements AutoCloseable {

    private static final String KEY = "a-key-for-clients-0123456789";

    private final RunningApp app;

    private LiveService(RunningApp app) {
        this.app = app;
    }

    static LiveService start() throws Exception {
        return new LiveService(RunningApp.start(Map.of(
                "OPENUPTIMES_API_KEY", KEY, "OPENUPTIMES_RATE_LIMIT", "0", "OPENUPTIMES_CHECK_INTERVAL", "86400")));
    }

    /** The command with the arguments common to all programs: the service's URL and the key. */
    List<String> arguments(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.add("http://127.0.0.1:" + app.port());
        all.add(KEY);
        return all;
    }

    @Override
    public void close() throws Exception {
        app.close();
    }
}
