package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service's expectations: status codes, TLS version, client certificate. */
class ExpectationTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @AfterEach
    void clear() {
        api.deleteAll();
    }

    private static JsonObject fields(String name) {
        return new JsonObject().put("name", name).put("url", api.url(200));
    }

    private static JsonObject change(String method, String body) {
        Answer answer = api.call(method, "/api/services?name=a", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getJsonObject("service");
    }

    private static JsonObject listed(String query) {
        return api.getWithKey("/api/services" + query)
                .json()
                .getJsonArray("services")
                .getJsonObject(0);
    }

    private static void expects(JsonObject service, int status, String statuses) {
        assertThat(service.getMap())
                .containsEntry("expectedStatus", status)
                .containsEntry("expectedStatuses", statuses);
    }

    @Test
    void several_statuses_are_stored_shown_and_replaced() {
        JsonObject created = api.create(fields("a").put("expectedStatuses", "200-299, 301 ,418"));

        expects(created, 200, "200-299,301,418");
        assertThat(listed("")).isEqualTo(created);
        assertThat(listed("?fields=expectedStatuses").getMap())
                .isEqualTo(new JsonObject()
                        .put("expectedStatuses", "200-299,301,418")
                        .getMap());
        expects(change("PUT", fields("a").put("expectedStatus", 999).encode()), 999, null);
        expects(change("PUT", fields("a").put("expectedStatuses", "404").encode()), 404, "404");
        expects(change("PUT", fields("a").encode()), 200, null);
    }

    @Test
    void a_problem_found_with_the_stored_service_has_a_code() {
        api.create(fields("a").put("expectedStatuses", "200-299"));
        api.create(fields("b").put("locations", List.of("eu")));

        JsonObject refused =
                api.call("PATCH", "/api/services?name=b", "{\"quorum\": 2}").json();

        assertThat(refused.getMap())
                .containsEntry("status", 400)
                .containsEntry("field", "quorum")
                .containsEntry("code", "out_of_range")
                .containsEntry("min", 1)
                .containsEntry("max", 1)
                .containsEntry("message", "quorum: must be a whole number from 1 to 1");
        assertThat(api.call("PATCH", "/api/services?name=a", "{\"quorum\": 2}")
                        .json()
                        .getMap())
                .containsEntry("code", "conflicts")
                .containsEntry("with", "locations");
    }

    @Test
    void a_patch_of_one_expectation_replaces_the_other() {
        api.create(fields("a"));

        expects(change("PATCH", "{\"expectedStatuses\": \"301,404\"}"), 301, "301,404");
        expects(change("PATCH", "{\"group\": \"G\"}"), 301, "301,404");
        expects(change("PATCH", "{\"expectedStatus\": 404, \"expectedStatuses\": \"301,404\"}"), 404, "301,404");
        expects(change("PATCH", "{\"expectedStatus\": 500}"), 500, null);
        expects(change("PATCH", "{\"expectedStatuses\": \"200-299\"}"), 200, "200-299");
        expects(change("PATCH", "{\"expectedStatuses\": null}"), 200, null);
    }

    @Test
    void a_patch_of_many_replaces_the_other_expectation_too() {
        JsonObject labels = new JsonObject().put("team", "x");
        api.create(fields("a").put("labels", labels).put("expectedStatuses", "200-299"));
        api.create(fields("b").put("labels", labels).put("expectedStatus", 404));

        Answer one = api.call("PATCH", "/api/services?label=team=x", "{\"expectedStatus\": 204}");
        assertThat(one.json().getJsonObject("counts").getInteger("changed")).isEqualTo(2);
        expects(listed("?name=a"), 204, null);
        expects(listed("?name=b"), 204, null);

        api.call("PATCH", "/api/services?label=team=x", "{\"expectedStatuses\": \"418,204\"}");
        expects(listed("?name=a"), 418, "418,204");
        expects(listed("?name=b"), 418, "418,204");
    }

    @Test
    void all_fields_come_back_through_an_export_and_a_bulk_import() {
        JsonObject created = api.create(fields("a")
                .put("expectedStatuses", "200-299")
                .put("minTlsVersion", "1.3")
                .put("clientCertificate", "shop"));
        assertThat(created.getMap()).containsEntry("minTlsVersion", "1.3").containsEntry("clientCertificate", "shop");
        JsonObject exported = api.getWithKey("/api/services/export").json();
        assertThat(exported.getJsonArray("services")).isEqualTo(new JsonArray().add(created));
        api.deleteAll();

        Answer imported = api.call("PUT", "/api/services/bulk", exported);

        assertThat(imported.status()).as(imported.text()).isEqualTo(200);
        assertThat(listed("")).isEqualTo(created);
    }

    @Test
    void a_patch_of_null_clears_the_tls_fields() {
        api.create(fields("a").put("minTlsVersion", "1.3").put("clientCertificate", "shop"));

        assertThat(change("PATCH", "{\"minTlsVersion\": null, \"clientCertificate\": null}")
                        .getMap())
                .containsEntry("minTlsVersion", null)
                .containsEntry("clientCertificate", null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"expectedStatus": 404, "expectedStatuses": "200-299"} | expectedStatus: must be in expectedStatuses (200-299), or be left out
            {"expectedStatus": 1000}                               | expectedStatus: must be a whole number from 100 to 999
            {"expectedStatuses": "299-200"}                        | expectedStatuses: must list codes from 100 to 999 or ranges of them, such as 200-299,301
            {"expectedStatuses": 200}                              | expectedStatuses: must be a string such as "200-299,301"
            {"minTlsVersion": "1.0"}                               | minTlsVersion: must be "1.2" or "1.3"
            {"clientCertificate": "no name"}                       | clientCertificate: must be the name of a client certificate: 1 to 100 letters, digits, ., _ or -
            """)
    void what_cannot_be_expected_is_named(String changes, String message) {
        api.create(fields("a"));

        Answer put = api.call("PUT", "/api/services?name=a", fields("a").mergeIn(new JsonObject(changes)));
        assertThat(put.status()).isEqualTo(400);
        assertThat(put.message()).isEqualTo(message);
        Answer patch = api.call("PATCH", "/api/services?name=a", changes);
        assertThat(patch.status()).isEqualTo(400);
        assertThat(patch.message()).isEqualTo(message);
    }

    @Test
    void a_url_is_stored_without_the_white_space_that_was_pasted_with_it() {
        JsonObject created = api.create(fields("a").put("url", " \t" + api.url(200) + "\u00a0\n"));

        assertThat(created.getString("url")).isEqualTo(api.url(200));
    }
}
