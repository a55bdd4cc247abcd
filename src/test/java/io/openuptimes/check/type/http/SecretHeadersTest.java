package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "authorization",
                "Proxy-Authorization",
                "X-Forwarded-Authorization",
                "Cookie",
                "X-Api-Key",
                "x-apikey",
                "Ocp-Apim-Subscription-Key",
                "X-Api-Key-Id",
                "Api_Key",
                "X-Keys",
                "PRIVATE-TOKEN",
                "X-Vault-Token",
                "X-Amz-Security-Token",
                "X-CSRF-Token",
                "Client-Secret",
                "X-Auth-User",
                "WWW-Authenticate",
                "X-Password",
                "X-Passwd",
                "X-Credential",
                "X-Hub-Signature-256",
                "X-Session-Id",
                "X-JWT-Assertion",
            })
    void namesOfCredentialsAreSecret(String name) {
        assertThat(SecretHeaders.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept",
                "Accept-Language",
                "Cache-Control",
                "Content-Type",
                "Host",
                "If-None-Match",
                "Keep-Alive",
                "Origin",
                "Range",
                "Referer",
                "User-Agent",
                "X-Keyword",
                "X-Request-Id",
                "X-Tenant",
            })
    void othersAreNot(String name) {
        assertThat(SecretHeaders.isSecret(name)).isFalse();
    }
}
