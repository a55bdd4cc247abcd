package io.openuptimes.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    private static final String TAG = "abc123";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"abc123\"",
                "\"abc123-gzip\"",
                "W/\"abc123\"",
                "\"x\",\"abc123\"",
                " \"x\" ,\t W/\"abc123-gzip\" ",
                ", \"abc123\"",
                "\"a,b\", \"abc123\"",
                "*",
                " * "
            })
    void a_list_that_names_it(String header) {
        assertThat(EntityTags.names(header, TAG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc123",
                "\"abc123",
                "\"xabc123\"",
                "\"abc1234\"",
                "\"abc123-br\"",
                "\"abc12\"",
                "\"x\", abc123",
                "w/\"abc123\"",
                "\"x\\\"abc123\"",
                "*, \"x\"",
                "\"*\""
            })
    void a_list_that_does_not(String header) {
        assertThat(EntityTags.names(header, TAG)).isFalse();
    }
}
