package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.check.type.http.ExpectedStatuses;
import io.openuptimes.check.type.http.HttpSpec;
import io.openuptimes.testing.Services;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The effect of changing one of the two expectations on the other. */
class ServicePatchTest {

    private static Service service(int status, String statuses) {
        Map<String, Object> fields = statuses == null
                ? Map.of("expectedStatus", status)
                : Map.of("expectedStatus", status, "expectedStatuses", statuses);
        return Services.of("https://example.com/", fields);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "null", textBlock = """
            200 | null        | {"expectedStatus": 404}                                 | 404 | null
            200 | 200-299     | {"expectedStatus": 404}                                 | 404 | null
            200 | 200-299     | {"expectedStatus": 204}                                 | 204 | null
            301 | 200-299,301 | {"expectedStatus": null}                                | 200 | null
            404 | null        | {"expectedStatuses": "200-299"}                         | 200 | 200-299
            301 | 200-299,301 | {"expectedStatuses": "301,418"}                         | 301 | 301,418
            301 | 200-299,301 | {"expectedStatuses": null}                              | 301 | null
            404 | null        | {"expectedStatuses": null}                              | 404 | null
            200 | 200-299     | {"expectedStatus": 500, "expectedStatuses": "418,500"}  | 500 | 418,500
            200 | 200-299     | {"expectedStatus": null, "expectedStatuses": "418,500"} | 418 | 418,500
            200 | 200-299     | {"expectedStatus": 500, "expectedStatuses": null}       | 500 | null
            301 | 200-299,301 | {"description": "x"}                                    | 301 | 200-299,301
            """)
    void one_expectation_replaces_the_other(
            int status, String statuses, String changes, int nextStatus, String nextStatuses) throws Exception {
        Service old = service(status, statuses);

        Map<String, Object> merged = ServicePatch.merged(old, new JsonObject(changes).getMap());
        Service next = ServiceFields.parse(merged, old.id(), old.createdAt());

        HttpSpec spec = Services.http(next);
        assertThat(spec.expectedStatus()).isEqualTo(nextStatus);
        assertThat(spec.expectedStatuses()).isEqualTo(nextStatuses == null ? null : ExpectedStatuses.of(nextStatuses));
        assertThat(spec.followRedirects()).isEqualTo(Services.http(old).followRedirects());
    }
}
