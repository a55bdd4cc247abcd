package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceCellsTest {

    /** With a distinct value in every field. */
    private static Service full() throws InvalidInputException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", "=Shop");
        fields.put("url", "https://shop.example.com/?a=1");
        fields.put("description", "two\nlines");
        fields.put("group", "Sales");
        fields.put("expectedStatus", 204);
        fields.put("expectedStatuses", "200-299,301");
        fields.put("method", "POST");
        fields.put("timeout", 500);
        fields.put("interval", 30);
        fields.put("visible", false);
        fields.put("paused", true);
        fields.put("headers", Map.of("X-A", "'1", "X.B", ""));
        fields.put("body", "");
        fields.put("bodySecret", true);
        fields.put("followRedirects", false);
        fields.put("ignoreTlsErrors", true);
        fields.put("minTlsVersion", "1.3");
        fields.put("clientCertificate", "shop");
        fields.put("retries", 3);
        fields.put("retryInterval", 1);
        fields.put("retryBackoff", "exponential");
        fields.put("retryOn", "network");
        fields.put("failureThreshold", 2);
        fields.put("successThreshold", 4);
        fields.put("confirmElsewhere", false);
        fields.put("degradedAfter", 800);
        fields.put("flapCount", 0);
        fields.put("flapMinutes", 60);
        fields.put("labels", Map.of("team", "shop", "a/b.c", ""));
        fields.put("locations", List.of("fra", "nyc"));
        fields.put("quorum", 2);
        return ServiceFields.parse(fields, "5f0c2b7e9a614d33", 1_700_000_000_000L);
    }

    private static Map<String, ?> read(List<String> columns, List<String> cells) throws InvalidInputException {
        List<ServiceCells.Column> parsed = new ArrayList<>();
        for (String column : columns) {
            parsed.add(ServiceCells.column(column));
        }
        return ServiceCells.fields(parsed, cells);
    }

    @Test
    void everyFieldHasACellThatIsReadBackTheSame() throws InvalidInputException {
        Service service = full();
        Map<String, Object> shown = ServiceView.of(service, Disclosure.FULL);
        assertThat(shown.keySet()).as("a new field needs a value above").containsExactlyElementsOf(ServiceFields.SHOWN);
        assertThat(shown.values()).as("a new field needs a value above").doesNotContainNull();
        List<String> columns = Objects.requireNonNull(ServiceCells.columns(List.of(service), 100));
        List<String> cells =
                columns.stream().map(column -> ServiceCells.cell(shown, column)).toList();

        Map<String, ?> read = read(columns, cells);

        assertThat(columns).as("a spreadsheet would spoil them").doesNotContain("createdAt", "declared");
        assertThat(ServiceFields.parse(read, service.id(), service.createdAt())).isEqualTo(service);
    }

    @Test
    void anEmptyCellIsAnAbsentField() throws InvalidInputException {
        assertThat(read(List.of("name", "interval", "labels.a", "body"), List.of("a", "", "", "\"\"")))
                .isEqualTo(Map.of("name", "a", "body", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "interval, ' 30 ', 30",
        "paused, TRUE, true",
        "paused, False, false",
        "paused, WAHR, true",
        "paused, Falsch, false",
        "paused, yes, yes",
        "declared, FALSE, false",
        "createdAt, 1700000000000, 1700000000000",
        "interval, 1e3, 1e3",
        "locations, ' fra, nyc;ams  ', '[fra, nyc, ams]'",
        "minTlsVersion, 1.3, 1.3",
        "description, ' spaced ', ' spaced '"
    })
    void aCellIsReadByItsColumn(String column, String cell, String value) throws InvalidInputException {
        assertThat(read(List.of(column), List.of(cell)).get(column)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Name", "headers", "labels", "headers.", "labels.", ".a", "url.a", "", "x"})
    void otherColumnsAreRefused(String column) {
        assertThatThrownBy(() -> ServiceCells.column(column))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("unknown column");
    }

    @Test
    void moreColumnsThanAreWantedAreNone() throws InvalidInputException {
        assertThat(ServiceCells.columns(List.of(full()), ServiceFields.SHOWN.size() + 3))
                .isNull();
        assertThat(ServiceCells.columns(List.of(full()), ServiceFields.SHOWN.size() + 4))
                .isNotNull();
    }
}
