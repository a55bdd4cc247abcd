package io.openuptimes.cli;

import io.openuptimes.check.net.tls.Alpn;
import io.openuptimes.check.net.tls.ClientTls;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.config.WeakSettings;
import io.openuptimes.declare.ServicesFileCheck;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.web.tls.ServerTls;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Validates the settings, the files they name, and the declared services. Does not look at the stored data. Writes
 * nothing, opens no port, and contacts no server. Blocks.
 */
final class SettingsCheck {

    /** One part of the check. */
    @FunctionalInterface
    private interface Part {
        void run() throws InvalidSettingsException, IOException;
    }

    private final Vertx vertx;
    private final Settings settings;
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();
    private @Nullable ServicesFileCheck file;

    SettingsCheck(Vertx vertx, Settings settings, Map<String, String> environment) {
        this.vertx = vertx;
        this.settings = settings;
        this.environment = environment;
    }

    /** Runs all parts, even if one of them fails. */
    SettingsCheck run() {
        part(this::serverTls);
        part(() -> ClientTls.of(settings.checks(), Clock.systemUTC()).offer(Alpn.NONE));
        part(this::embeddedRedis);
        part(this::services);
        return this;
    }

    private void part(Part part) {
        try {
            part.run();
        } catch (InvalidSettingsException e) {
            problems.addAll(e.problems());
        } catch (IOException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private void serverTls() throws InvalidSettingsException {
        Settings.Tls tls = settings.http().tls();
        if (tls != null) {
            ServerTls.open(vertx, tls);
        }
    }

    private void embeddedRedis() throws InvalidSettingsException, IOException {
        if (settings.redis().urls().isEmpty()) {
            EmbeddedRedis.check(
                    Path.of(settings.redis().dataDir()),
                    settings.embeddedRedis().server());
        }
    }

    private void services() throws InvalidSettingsException {
        ServicesFileCheck found = ServicesFileCheck.of(settings.services(), environment, Clock.systemUTC());
        problems.addAll(found.problems());
        int more = found.problemCount() - found.problems().size();
        if (more > 0) {
            problems.add(found.file() + ": " + more + " more problems");
        }
        file = found;
    }

    List<String> problems() {
        return problems;
    }

    /** Problems that do not prevent a start. */
    List<String> warnings() {
        return WeakSettings.of(settings);
    }

    /** Such as {@code 42 declared services in conf/services.yaml}. */
    String declared() {
        ServicesFileCheck found = file;
        if (found == null || found.file() == null) {
            return "no services file";
        }
        return found.services()
                + (found.services() == 1 ? " declared service in " : " declared services in ")
                + found.file();
    }
}
