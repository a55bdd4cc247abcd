package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.web.http.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryCursorTest {

    @Test
    void leadsBackToItsTimestamp() {
        assertThat(HistoryCursor.parse(HistoryCursor.before(1_627_987_654_321L)))
                .isEqualTo(1_627_987_654_321L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1627987654321", "!!!!", "LTE", "YWJj", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"})
    void refusesAnyOther(String cursor) {
        assertThatThrownBy(() -> HistoryCursor.parse(cursor))
                .isInstanceOf(ApiException.class)
                .hasMessage("cursor: is not valid; use the one from the previous page");
    }
}
