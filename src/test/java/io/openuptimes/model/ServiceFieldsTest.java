package io.openuptimes.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.openuptimes.check.type.http.ExpectedStatuses;
import io.openuptimes.check.type.http.ExpectedStatuses.Range;
import io.openuptimes.check.type.http.HttpSpec;
import io.openuptimes.check.type.http.Method;
import io.openuptimes.testing.Services;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The validation rules of a service's fields. */
class ServiceFieldsTest {

    private static Service parse(Map<String, ?> fields) throws InvalidInputException {
        return ServiceFields.parse(fields, "id-1", 1_000);
    }

    /** Valid apart from the given field. */
    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> fields = new HashMap<>(Map.of("name", "Site", "url", "https://example.com/"));
        fields.put(field, value);
        return fields;
    }

    @Test
    void fillsInTheDefaults() throws Exception {
        assertThat(parse(Map.of("name", "Site", "url", "https://example.com/")))
                .isEqualTo(new Service(
                        "id-1",
                        1_000,
                        false,
                        "Site",
                        "https://example.com/",
                        "",
                        "",
                        10_000,
                        null,
                        true,
                        false,
                        Map.of(),
                        List.of(),
                        null,
                        Policy.NONE,
                        new HttpSpec(Method.GET, 200, null, Map.of(), null, false, true, false, null, null),
                        Map.of()));
    }

    @Test
    void takesEveryField() throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", "Site/ü %😀");
        fields.put("url", "http://[::1]:8080/x?y");
        fields.put("description", "line\nline");
        fields.put("group", "Shop / EU 😀");
        fields.put("expectedStatus", 302);
        fields.put("method", "POST");
        fields.put("timeout", 100);
        fields.put("interval", 86_400);
        fields.put("visible", false);
        fields.put("paused", true);
        fields.put("headers", Map.of("X-Own", "a\tb"));
        fields.put("body", "");
        fields.put("bodySecret", true);
        fields.put("followRedirects", true);
        fields.put("ignoreTlsErrors", true);
        fields.put("expectedStatuses", " 301 - 399, 200 ");
        fields.put("clientCertificate", "shop.2026_a-b");
        fields.put("minTlsVersion", "1.3");
        fields.put("retries", 10);
        fields.put("retryInterval", 3_600);
        fields.put("retryBackoff", "exponential");
        fields.put("retryOn", "network");
        fields.put("failureThreshold", 100);
        fields.put("successThreshold", 100);
        fields.put("confirmElsewhere", false);
        fields.put("degradedAfter", 120_000);
        fields.put("flapCount", 100);
        fields.put("flapMinutes", 1_440);
        fields.put("labels", Map.of("env", "production", "team.example/x_y", ""));
        fields.put("locations", List.of("us-east-1", "eu", "0"));
        fields.put("quorum", 3);
        assertThat(parse(fields))
                .isEqualTo(new Service(
                        "id-1",
                        1_000,
                        false,
                        "Site/ü %😀",
                        "http://[::1]:8080/x?y",
                        "line\nline",
                        "Shop / EU 😀",
                        100,
                        86_400,
                        false,
                        true,
                        Map.of("env", "production", "team.example/x_y", ""),
                        List.of("us-east-1", "eu", "0"),
                        3,
                        new Policy(
                                10,
                                3_600,
                                RetryBackoff.EXPONENTIAL,
                                RetryOn.NETWORK,
                                100,
                                100,
                                false,
                                120_000,
                                100,
                                1_440),
                        new HttpSpec(
                                Method.POST,
                                302,
                                new ExpectedStatuses(List.of(new Range(301, 399), new Range(200, 200))),
                                Map.of("X-Own", "a\tb"),
                                "",
                                true,
                                true,
                                true,
                                TlsVersion.V1_3,
                                "shop.2026_a-b"),
                        Map.of()));
    }

    @Test
    void takesBackWhatItShows() throws Exception {
        Service service = parse(with("interval", 5));
        assertThat(parse(ServiceFields.toMap(service))).isEqualTo(service);
        Service plain = parse(Map.of("name", "Site", "url", "https://example.com/"));
        assertThat(parse(ServiceFields.toMap(plain))).isEqualTo(plain);
        Service located = parse(with("locations", List.of("us", "eu")));
        assertThat(parse(ServiceFields.toMap(located))).isEqualTo(located);
        for (Map<String, Object> fields : List.of(
                with("expectedStatuses", "200-299, 301"),
                with("clientCertificate", "shop"),
                with("minTlsVersion", "1.2"))) {
            Service newer = parse(fields);
            assertThat(parse(ServiceFields.toMap(newer))).isEqualTo(newer);
            assertThat(parse(ServiceView.of(newer, Disclosure.WRITER))).isEqualTo(newer);
        }
    }

    @Test
    void showsLocationsAndQuorumOnlyOfAServiceThatHasThem() throws Exception {
        assertThat(ServiceFields.toMap(parse(with("locations", List.of()))).keySet())
                .doesNotContain("locations", "quorum")
                .hasSize(ServiceFields.SHOWN.size() - 17); // also without type, bodySecret and the newer fields
        Map<String, Object> fields = with("locations", List.of("us", "eu"));
        fields.put("bodySecret", true);
        fields.put("expectedStatuses", "200-299");
        fields.put("clientCertificate", "shop");
        fields.put("minTlsVersion", "1.2");
        fields.put("retries", 3);
        fields.put("retryInterval", 1);
        fields.put("retryBackoff", "exponential");
        fields.put("retryOn", "network");
        fields.put("failureThreshold", 2);
        fields.put("successThreshold", 4);
        fields.put("confirmElsewhere", true);
        fields.put("degradedAfter", 800);
        fields.put("flapCount", 0);
        fields.put("flapMinutes", 60);
        Service located = parse(fields);
        assertThat(ServiceFields.toMap(located))
                .containsEntry("locations", List.of("us", "eu"))
                .containsEntry("quorum", null);
        assertThat(List.copyOf(ServiceView.of(located, Disclosure.FULL).keySet()))
                .isEqualTo(List.copyOf(ServiceFields.SHOWN));
    }

    @Test
    void showsNewerFieldsAlwaysAndStoresThemOnlyIfSet() throws Exception {
        Service plain = parse(with("group", ""));
        for (String field : List.of("retries", "retryOn", "confirmElsewhere")) {
            assertThat(ServiceFields.toMap(plain)).doesNotContainKey(field);
            assertThat(ServiceView.of(plain, Disclosure.READER)).doesNotContainKey(field);
        }
        for (String field : List.of("expectedStatuses", "clientCertificate", "minTlsVersion")) {
            assertThat(ServiceFields.toMap(plain)).doesNotContainKey(field);
            assertThat(ServiceView.of(plain, Disclosure.READER)).containsEntry(field, null);
        }
    }

    @ParameterizedTest
    @CsvSource({"200-299, 200, true", "'301,200', 301, false", "418, 418, false", "'204 , 500-599', 204, true"})
    void theFirstOfSeveralStatusesStandsForThem(String statuses, int first, boolean follows) throws Exception {
        Service service = parse(with("expectedStatuses", statuses));
        assertThat(Services.http(service).expectedStatus()).isEqualTo(first);
        assertThat(Services.http(service).followRedirects()).isEqualTo(follows);
    }

    @Test
    void oneOfSeveralStatusesMayStandForThem() throws Exception {
        Map<String, Object> fields = with("expectedStatuses", "200-299,301");
        fields.put("expectedStatus", 301);
        assertThat(Services.http(parse(fields)).expectedStatus()).isEqualTo(301);
        assertThat(Services.http(parse(fields)).expects(204)).isTrue();

        fields.put("expectedStatus", 404);
        assertThatThrownBy(() -> parse(fields))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("expectedStatus: must be in expectedStatuses (200-299,301), or be left out");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", " \n\u00a0 "})
    void removesWhiteSpaceAroundAPastedUrl(String space) throws Exception {
        for (String url : List.of("https://example.com", "https://example.com:8443", "https://example.com/a?b")) {
            assertThat(parse(with("url", space + url + space)).url()).isEqualTo(url);
            assertThat(parse(with("url", url + space)).url()).isEqualTo(url);
        }
        assertThatThrownBy(() -> parse(with("url", space))).hasMessage("url: must not be empty");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 2", "4, 3", "10, 6"})
    void takesTheMajorityOfTheLocationsWhereNoQuorumIsSet(int many, int downs) throws Exception {
        List<String> names =
                IntStream.range(0, many).mapToObj(number -> "l" + number).toList();
        assertThat(parse(with("locations", names)).downsNeeded()).isEqualTo(downs);
    }

    @Test
    void aQuorumIsOfLocations() {
        assertThatThrownBy(() -> parse(with("quorum", 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("quorum");
        for (Object bad : new Object[] {0, 3, 1.5, "1", true}) {
            Map<String, Object> fields = with("quorum", bad);
            fields.put("locations", List.of("us", "eu"));
            assertThatThrownBy(() -> parse(fields)).hasMessageStartingWith("quorum");
        }
    }

    @Test
    void refusesWhatIsNoListOfDifferentNames() {
        for (Object bad : new Object[] {
            "eu",
            Map.of("eu", 1),
            List.of(1),
            List.of(""),
            List.of("EU"),
            List.of("-eu"),
            List.of("e u"),
            List.of("e@u"),
            List.of("e".repeat(33)),
            List.of("eu", "us", "eu"),
            IntStream.range(0, 11).mapToObj(number -> "l" + number).toList()
        }) {
            assertThatThrownBy(() -> parse(with("locations", bad)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("locations");
        }
    }

    @ParameterizedTest
    @CsvSource({"200, true", "299, true", "199, false", "300, false", "404, false"})
    void followsRedirectsByDefaultWhereSuccessIsExpected(int expectedStatus, boolean follows) throws Exception {
        assertThat(Services.http(parse(with("expectedStatus", expectedStatus))).followRedirects())
                .isEqualTo(follows);
    }

    @Test
    void takesANullAsAFieldThatIsNotThere() throws Exception {
        for (String field : List.of(
                "description",
                "expectedStatus",
                "method",
                "timeout",
                "interval",
                "group",
                "visible",
                "paused",
                "headers",
                "body",
                "followRedirects",
                "ignoreTlsErrors",
                "expectedStatuses",
                "clientCertificate",
                "minTlsVersion",
                "labels",
                "locations",
                "quorum",
                "id",
                "createdAt",
                "declared")) {
            assertThat(parse(nulled(field))).as(field).isEqualTo(parse(nulled("body")));
        }
    }

    @SuppressWarnings("NullAway") // JSON objects may contain nulls
    private static Map<String, Object> nulled(String field) {
        return with(field, null);
    }

    static Stream<Arguments> good() {
        return Stream.of(
                arguments("name", "x"),
                arguments("name", "😀".repeat(200)),
                arguments("name", "a/b%2F?c#d"),
                arguments("description", "x".repeat(2000)),
                arguments("group", ""),
                arguments("group", "😀".repeat(100)),
                arguments("expectedStatus", 100),
                arguments("expectedStatus", 999),
                arguments("expectedStatuses", "100,999"),
                arguments("expectedStatuses", "200," + "100-999,".repeat(18) + "418"),
                arguments("clientCertificate", "x".repeat(100)),
                arguments("expectedStatus", 200.0),
                arguments("expectedStatus", 200L),
                arguments("timeout", 100),
                arguments("timeout", 120_000),
                arguments("interval", 1),
                arguments("interval", 86_400),
                arguments("body", "x".repeat(65_536)),
                arguments("headers", Map.of()),
                arguments("headers", Map.of("X-a!#$%&'*+.^_`|~9", "ÿ")),
                arguments("headers", headers(50)),
                arguments("labels", Map.of()),
                arguments("labels", Map.of("Az09._/-".repeat(7), "😀".repeat(63))),
                arguments("labels", headers(20)),
                arguments("declared", false));
    }

    @ParameterizedTest
    @MethodSource("good")
    void takesWhatIsWithinBounds(String field, Object value) throws Exception {
        assertThat(parse(with(field, value))).isNotNull();
    }

    private static Map<String, String> headers(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "X-" + i, i -> "v"));
    }

    static Stream<Arguments> bad() {
        Stream<Arguments> texts = Stream.of("name", "url", "description", "group", "body")
                .flatMap(field -> Stream.of(
                        arguments(field, 1, "must be a string"),
                        arguments(field, true, "must be a string"),
                        arguments(field, List.of("x"), "must be a string"),
                        arguments(field, Map.of(), "must be a string"),
                        arguments(field, "x\uD800", "must be valid Unicode")));
        Stream<Arguments> numbers = Stream.of("expectedStatus", "timeout", "interval")
                .flatMap(field -> Stream.of(
                                "200",
                                200.5,
                                -1,
                                0,
                                Integer.MAX_VALUE,
                                Long.MAX_VALUE,
                                1e300,
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                true,
                                List.of(200),
                                Map.of())
                        .map(value -> arguments(field, value, "must be a whole number from ")));
        Stream<Arguments> flags = Stream.of("visible", "paused", "followRedirects", "ignoreTlsErrors")
                .flatMap(field -> Stream.of("true", 1, 0, "", List.of(), Map.of())
                        .map(value -> arguments(field, value, "must be true or false")));
        Stream<Arguments> others = Stream.of(
                arguments("labels", "x", "must be an object"),
                arguments("labels", headers(21), "must have at most 20 entries"),
                arguments("declared", true, "is set by the server and cannot be changed"),
                arguments("name", "", "must not be empty"),
                arguments("name", "x".repeat(201), "must be at most 200 characters"),
                arguments("name", "a\nb", "must not contain control characters"),
                arguments("name", "a\u0000", "must not contain control characters"),
                arguments("name", "a\u0085b", "must not contain control characters"),
                arguments("url", "", "must not be empty"),
                arguments("url", "example.com", "must be an absolute URL"),
                arguments("url", "ftp://example.com", "must start with http:// or https://"),
                arguments("url", "http://", "has no host"),
                arguments("url", "http://a:99999", "must have a port from 1 to 65535"),
                arguments("url", "http://u:p@a", "must not contain a user name or password"),
                arguments("url", "http://a/\nb", "must not contain control characters"),
                arguments("url", "http://a/" + "x".repeat(4096), "must be at most 4096 characters"),
                arguments("description", "x".repeat(2001), "must be at most 2000 characters"),
                arguments("group", "x".repeat(101), "must be at most 100 characters"),
                arguments("group", "a\nb", "must not contain control characters"),
                arguments("expectedStatus", 99, "must be a whole number from 100 to 999"),
                arguments("expectedStatus", 1000, "must be a whole number from 100 to 999"),
                arguments("expectedStatuses", 200, "must be a string such as \"200-299,301\""),
                arguments("expectedStatuses", List.of(200), "must be a string such as \"200-299,301\""),
                arguments("expectedStatuses", "", "must list codes from 100 to 999"),
                arguments("expectedStatuses", "200,", "must list codes from 100 to 999"),
                arguments("expectedStatuses", "200" + ",200".repeat(20), "must have at most 20 codes and ranges"),
                arguments("clientCertificate", "", "must be the name of a client certificate"),
                arguments("clientCertificate", "a/b", "must be the name of a client certificate"),
                arguments("clientCertificate", "x".repeat(101), "must be the name of a client certificate"),
                arguments("clientCertificate", 1, "must be the name of a client certificate"),
                arguments("minTlsVersion", 1.3, "must be \"1.2\" or \"1.3\""),
                arguments("minTlsVersion", "1.1", "must be \"1.2\" or \"1.3\""),
                arguments("timeout", 99, "must be a whole number from 100 to 120000"),
                arguments("timeout", 120_001, "must be a whole number from 100 to 120000"),
                arguments("interval", 86_401, "must be a whole number from 1 to 86400"),
                arguments("method", "get", "must be one of"),
                arguments("method", "TRACE", "must be one of"),
                arguments("method", "", "must be one of"),
                arguments("method", 1, "must be one of"),
                arguments("body", "x".repeat(65_537), "must be at most 65536 characters"),
                arguments("headers", "X: 1", "must be an object of names and values"),
                arguments("headers", List.of(), "must be an object of names and values"),
                arguments("headers", headers(51), "must have at most 50 entries"),
                arguments("id", "another", "is set by the server"),
                arguments("createdAt", 5, "is set by the server"));
        return Stream.of(texts, numbers, flags, others).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesWhatBreaksARuleAndNamesTheField(String field, Object value, String problem) {
        assertThatThrownBy(() -> parse(with(field, value)))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageStartingWith(field + ": ")
                .hasMessageContaining(problem);
    }

    static Stream<Arguments> badHeaders() {
        return Stream.of(
                arguments("", "v", "is not a valid header name"),
                arguments("a b", "v", "is not a valid header name"),
                arguments("a:", "v", "is not a valid header name"),
                arguments("ü", "v", "is not a valid header name"),
                arguments("x".repeat(101), "v", "is not a valid header name"),
                arguments("Content-Length", "5", "is set by the check itself"),
                arguments("transfer-encoding", "chunked", "is set by the check itself"),
                arguments("CONNECTION", "keep-alive", "is set by the check itself"),
                arguments("Expect", "100-continue", "is set by the check itself"),
                arguments("Upgrade", "h2c", "is set by the check itself"),
                arguments("X", 1, "must be a string of at most 4096 characters"),
                arguments("X", List.of("v"), "must be a string of at most 4096 characters"),
                arguments("X", "v".repeat(4097), "must be a string of at most 4096 characters"),
                arguments("X", "a\r\nEvil: 1", "must not contain control characters"),
                arguments("X", "a\u0000", "must not contain control characters"),
                arguments("X", "a\u007F", "must not contain control characters"),
                arguments("X", "€", "must not contain control characters or characters above U+00FF"));
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void refusesABadHeaderAndNamesIt(String name, Object value, String problem) {
        assertThatThrownBy(() -> parse(with("headers", Map.of(name, value))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("headers.")
                .hasMessageContaining(problem);
    }

    static Stream<Arguments> badLabels() {
        return Stream.of(
                arguments("", "v", "is not a valid key"),
                arguments("a=b", "v", "is not a valid key"),
                arguments("!a", "v", "is not a valid key"),
                arguments("x".repeat(64), "v", "is not a valid key"),
                arguments("a", 1, "must be a string of at most 63 characters"),
                arguments("a", "x".repeat(64), "must be a string of at most 63 characters"),
                arguments("a", "x\n", "must be a string of at most 63 characters"),
                arguments("a", "\uD800", "must be a string of at most 63 characters"));
    }

    @ParameterizedTest
    @MethodSource("badLabels")
    void refusesABadLabelAndNamesIt(String key, Object value, String problem) {
        assertThatThrownBy(() -> parse(with("labels", Map.of(key, value))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("labels." + key.substring(0, Math.min(60, key.length())))
                .hasMessageContaining(problem);
    }

    @Test
    void showsLabelsInTheOrderOfTheirKeys() throws Exception {
        Service service = parse(with("labels", headers(20)));
        assertThat(((Map<?, ?>) ServiceFields.toMap(service).get("labels"))
                        .keySet().stream().map(String::valueOf))
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource({"name", "url"})
    void asksForWhatIsRequired(String field) {
        Map<String, Object> fields = with("body", "x");
        fields.remove(field);
        assertThatThrownBy(() -> parse(fields)).hasMessage(field + ": is required");
        assertThatThrownBy(() -> parse(nulled(field))).hasMessage(field + ": is required");
    }

    @Test
    void refusesUnknownFieldsByName() {
        assertThatThrownBy(() -> parse(with("Url", "x")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Url: unknown field; known fields: name, url, ");
        assertThatThrownBy(() -> parse(with("a\nb" + "x".repeat(100), "x")))
                .hasMessageStartingWith("a?bxxx")
                .hasMessageContaining("…: unknown field");
    }
}
