package io.openuptimes.model;

import io.openuptimes.testing.Seed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any service fields are accepted or rejected with the name of the field. */
class ModelParsersPropertyTest {

    private static final List<String> FIELDS = List.of(
            "name",
            "url",
            "description",
            "group",
            "expectedStatus",
            "method",
            "timeout",
            "interval",
            "visible",
            "paused",
            "headers",
            "body",
            "bodySecret",
            "followRedirects",
            "ignoreTlsErrors",
            "expectedStatuses",
            "clientCertificate",
            "minTlsVersion",
            "labels",
            "locations",
            "quorum",
            "unknown");

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(300).map(text -> (Object) text),
                Arbitraries.integers().map(number -> (Object) number),
                Arbitraries.doubles().map(number -> (Object) number),
                Arbitraries.bigDecimals().map(number -> (Object) number),
                Arbitraries.of(true, false).map(flag -> (Object) flag),
                Arbitraries.of(
                                "http://127.0.0.1/",
                                "https://[::1]:8443/a?b#c",
                                "http://a%zz/",
                                "GET",
                                "team",
                                "200-299,301",
                                "1.3")
                        .map(text -> (Object) text));
        Arbitrary<Object> maps = Arbitraries.maps(Arbitraries.strings().ofMaxLength(20), scalars)
                .ofMaxSize(5)
                .map(map -> (Object) map);
        Arbitrary<Object> lists = scalars.list().ofMaxSize(5).map(list -> (Object) list);
        return Arbitraries.oneOf(scalars, maps, lists);
    }

    @Provide
    Arbitrary<Map<String, Object>> fields() {
        return Arbitraries.maps(Arbitraries.of(FIELDS), values()).ofMaxSize(8);
    }

    @Property(tries = 1_000, seed = Seed.FIXED)
    void fields_are_a_service_or_a_named_problem(@ForAll("fields") Map<String, Object> given) {
        Map<String, Object> fields = new HashMap<>(given);
        fields.putIfAbsent("name", "a");
        fields.putIfAbsent("url", "http://127.0.0.1/");
        try {
            ServiceFields.toMap(ServiceFields.parse(fields, "id", 0));
        } catch (InvalidInputException named) {
            // the violated rule
        }
    }

    @Property(tries = 1_000, seed = Seed.FIXED)
    void a_selector_is_one_or_a_named_problem(@ForAll String text) {
        try {
            LabelSelector.parse("label", List.of(text, "team=" + text, "!" + text));
        } catch (InvalidInputException named) {
            // the violated rule
        }
    }

    @Property(tries = 1_000, seed = Seed.FIXED)
    void a_url_is_a_target_or_refused(@ForAll String text) {
        for (String url : List.of(text, "http://" + text, "https://host:" + text, "http://host/" + text)) {
            try {
                Target.of(url);
            } catch (IllegalArgumentException refused) {
                // with a message of its own
            }
        }
    }

    @Property(tries = 1_000, seed = Seed.FIXED)
    void every_name_has_a_fold(@ForAll String name) {
        LookAlikes.fold(name);
    }
}
