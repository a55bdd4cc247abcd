package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.AccessMessage.ChangePassword;
import io.openuptimes.bus.AccessMessage.CompleteSetup;
import io.openuptimes.bus.AccessMessage.FoundKey;
import io.openuptimes.bus.AccessMessage.FoundSession;
import io.openuptimes.bus.AccessMessage.Installation;
import io.openuptimes.bus.AccessMessage.Keys;
import io.openuptimes.bus.AccessMessage.SaveKey;
import io.openuptimes.bus.AccessMessage.SaveSession;
import io.openuptimes.config.Settings;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Session;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedactionTest {

    private static final IssuedKey KEY = IssuedKey.issue("a key", Scope.ADMIN, KeyLimits.NONE, 1_000);
    private static final Session SESSION = new Session("S3CRET-hash", "S3CRET-csrf", 1, 2, 3);
    private static final SetupToken TOKEN = SetupToken.create();

    static Stream<Object> everythingThatHoldsASecret() {
        return Stream.of(
                KEY,
                KEY.apiKey(),
                new SaveKey(KEY.apiKey()),
                new FoundKey(KEY.apiKey()),
                new Keys(List.of(KEY.apiKey())),
                SESSION,
                new StartedSession("S3CRET-token", SESSION),
                new Identity(Caller.ANONYMOUS, SESSION),
                new SaveSession(SESSION),
                new FoundSession(SESSION),
                TOKEN,
                new ChangePassword("S3CRET-password-hash"),
                new CompleteSetup("S3CRET-password-hash", "a site", KEY.apiKey()),
                new Installation(true, "a site", "S3CRET-password-hash", 1),
                new Settings.Access("S3CRET-key"));
    }

    @ParameterizedTest
    @MethodSource("everythingThatHoldsASecret")
    void no_text_form_shows_a_secret(Object holder) {
        assertThat(holder.toString())
                .doesNotContain("S3CRET", KEY.key(), KEY.apiKey().hash(), TOKEN.forTheLog());
    }
}
