package io.openuptimes.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

    private static final List<String> OFFERS = List.of("application/json", "application/x-ndjson", "text/csv");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            text/csv                                      | text/csv
            TEXT/CSV ; header=present ; charset=utf-8     | text/csv
            application/x-ndjson                          | application/x-ndjson
            */*                                           | application/json
            text/*                                        | text/csv
            application/*                                 | application/json
            text/html,application/xml;q=0.9,*/*;q=0.8     | application/json
            application/json, text/plain, */*             | application/json
            text/csv, */*                                 | text/csv
            text/csv, */*;q=0.1                           | text/csv
            application/json;q=0.5, text/csv;q=0.8        | text/csv
            application/json;q=0.8, text/csv;q=0.5        | application/json
            application/json;q=0.5, text/csv;q=0.5        | application/json
            application/json;q=0, */*                     | application/x-ndjson
            application/*;q=0, */*;q=0.1                  | text/csv
            text/csv;q=0                                  | none
            text/csv;q=2                                  | none
            text/csv;q=x, application/json                | application/json
            text/csvx                                     | none
            text/html                                     | none
            nonsense                                      | none
            , ,text/csv,                                  | text/csv
            """)
    void isReadAsTheStandardSays(String header, String best) {
        assertThat(Accept.best(List.of(header), OFFERS)).isEqualTo(best);
    }

    @Test
    void whoSaysNothingTakesTheFirst() {
        assertThat(Accept.best(List.of(), OFFERS)).isEqualTo("application/json");
        assertThat(Accept.best(List.of(" "), OFFERS)).isEqualTo("application/json");
    }

    @Test
    void severalHeadersAreOne() {
        assertThat(Accept.best(List.of("application/json;q=0.1", "text/csv"), OFFERS))
                .isEqualTo("text/csv");
    }
}
