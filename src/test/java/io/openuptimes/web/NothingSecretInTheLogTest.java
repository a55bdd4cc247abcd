package io.openuptimes.web;

import static io.openuptimes.web.AccessServer.CONFIGURED_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.openuptimes.testing.Curl.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class NothingSecretInTheLogTest {

    private static final String PASSWORD = "correct horse";

    private final AccessServer server = new AccessServer(0);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final @Nullable Level levelBefore = ours.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    };

    @BeforeEach
    void capture() {
        ours.setLevel(Level.TRACE);
        appender.start();
        ours.addAppender(appender);
    }

    @AfterEach
    void stop() {
        ours.detachAppender(appender);
        ours.setLevel(levelBefore);
        server.stop();
    }

    @Test
    void at_any_level_whatever_is_done_with_keys_passwords_sessions_and_tokens() {
        List<String> secrets = new ArrayList<>(List.of(CONFIGURED_KEY, PASSWORD, "wr0ng-key", "wr0ng-password"));
        secrets.add(server.setupToken.forTheLog());
        server.call("POST", "/api/setup/complete").key("wr0ng-key").send();
        Answer first = server.call("POST", "/api/setup/complete")
                .key(server.setupToken.forTheLog())
                .json("{\"password\":\"" + PASSWORD + "\",\"apiKey\":true}")
                .send();
        secrets.add(first.json().getString("key").substring(20));
        secrets.add(server.store.installation.passwordHash());

        Answer made = server.call("POST", "/api/keys")
                .key(CONFIGURED_KEY)
                .json("{\"name\":\"a\"}")
                .send();
        secrets.add(made.json().getString("key").substring(20));
        server.get("/who").key(made.json().getString("key")).send();
        server.call("POST", "/api/auth/login")
                .json("{\"password\":\"wr0ng-password\"}")
                .send();
        Answer in = server.call("POST", "/api/auth/login")
                .json("{\"password\":\"" + PASSWORD + "\"}")
                .send();
        secrets.add(in.token());
        secrets.add(in.json().getString("csrfToken"));
        server.get("/api/auth/session").cookie(in.token()).send();
        server.call("PUT", "/api/auth/password")
                .cookie(in.token())
                .with("X-CSRF-Token", in.json().getString("csrfToken"))
                .json("{\"currentPassword\":\"" + PASSWORD + "\",\"newPassword\":\"wr0ng-password\"}")
                .send();
        server.call("DELETE", "/api/keys/" + made.json().getJsonObject("apiKey").getString("id"))
                .key(CONFIGURED_KEY)
                .send();
        server.store.reachable = false;
        server.get("/who").key(made.json().getString("key")).send();

        assertThat(lines).anyMatch(line -> line.contains("created by configured"));
        assertThat(lines).anyMatch(line -> line.contains("password changed by session"));
        assertThat(secrets).doesNotContainNull().allSatisfy(secret -> assertThat(lines)
                .noneMatch(line -> line.contains(secret)));
    }
}
