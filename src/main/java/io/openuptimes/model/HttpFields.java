package io.openuptimes.model;

import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldReader;
import io.openuptimes.model.field.FieldValues;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of HTTP checks. */
public final class HttpFields implements SpecType<HttpSpec> {

    static final String NAME = "http";
    private static final int MAX_BODY = 65_536;
    private static final List<String> METHODS =
            Arrays.stream(Method.values()).map(Method::name).toList();

    public static final Field<HttpSpec, Integer> EXPECTED_STATUS = Field.<HttpSpec>whole(
                    "expectedStatus", ExpectedStatuses.MIN_CODE, ExpectedStatuses.MAX_CODE)
            .byDefault(200)
            .asksForCheck()
            .core()
            .shownByAll()
            .after("group")
            .of(HttpSpec::expectedStatus);

    public static final Field<HttpSpec, ExpectedStatuses> EXPECTED_STATUSES = Field.<HttpSpec, ExpectedStatuses>parsed(
                    ExpectedStatuses.FIELD, ExpectedStatuses::parse, ExpectedStatuses::of, ExpectedStatuses::toString)
            .length(0, ExpectedStatuses.MAX_TEXT)
            .asksForCheck()
            .of(HttpSpec::expectedStatuses);

    public static final Field<HttpSpec, Method> METHOD = Field.<HttpSpec, Method>parsed(
                    "method",
                    (field, given) -> Method.valueOf(FieldReader.word(METHODS, "must be one of " + METHODS)
                            .read(field, given)),
                    Method::valueOf,
                    Method::name)
            .allowed(METHODS)
            .byDefault(Method.GET)
            .asksForCheck()
            .core()
            .shownByAll()
            .of(HttpSpec::method);

    public static final Field<HttpSpec, Map<String, String>> HEADERS = Field.<HttpSpec>texts(
                    RequestHeaders.FIELD, RequestHeaders.MAX, (field, given) -> RequestHeaders.parse(given))
            .asksForCheck()
            .always()
            .secret((spec, disclosure) -> shownHeaders(spec.headers()))
            .after("paused")
            .of(HttpSpec::headers);

    public static final Field<HttpSpec, String> BODY = Field.<HttpSpec, String>parsed(
                    "body", FieldReader.text(MAX_BODY), text -> text, text -> text)
            .length(0, MAX_BODY)
            .asksForCheck()
            .always()
            .secret(HttpFields::shownBody)
            .of(HttpSpec::body);

    public static final Field<HttpSpec, Boolean> BODY_SECRET = Field.<HttpSpec>flag("bodySecret", false)
            .onlyIf(HttpSpec::bodySecret)
            .of(HttpSpec::bodySecret);

    /** By default, redirects are followed if success is expected, see {@link Expectation#isSuccess}. */
    public static final Field<HttpSpec, Boolean> FOLLOW_REDIRECTS =
            Field.<HttpSpec>flag("followRedirects", true).asksForCheck().core().of(HttpSpec::followRedirects);

    public static final Field<HttpSpec, Boolean> IGNORE_TLS_ERRORS = Field.<HttpSpec>flag("ignoreTlsErrors", false)
            .asksForCheck()
            .always()
            .of(HttpSpec::ignoreTlsErrors);

    public static final Field<HttpSpec, TlsVersion> MIN_TLS_VERSION = Field.<HttpSpec, TlsVersion>parsed(
                    "minTlsVersion", TlsVersion::parse, TlsVersion::of, TlsVersion::text)
            .allowed(TlsVersion.TEXTS)
            .asksForCheck()
            .of(HttpSpec::minTlsVersion);

    public static final Field<HttpSpec, String> CLIENT_CERTIFICATE = Field.<HttpSpec, String>parsed(
                    ClientCertificateName.FIELD,
                    (field, given) -> ClientCertificateName.parse(given),
                    text -> text,
                    text -> text)
            .length(1, ClientCertificateName.MAX)
            .pattern(ClientCertificateName.SYNTAX)
            .asksForCheck()
            .repeats()
            .of(HttpSpec::clientCertificate);

    public static final HttpFields TYPE = new HttpFields();

    private HttpFields() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> schemes() {
        return List.of("http", "https");
    }

    @Override
    public List<Field<HttpSpec, ?>> fields() {
        return List.of(
                EXPECTED_STATUS,
                EXPECTED_STATUSES,
                METHOD,
                HEADERS,
                BODY,
                BODY_SECRET,
                FOLLOW_REDIRECTS,
                IGNORE_TLS_ERRORS,
                MIN_TLS_VERSION,
                CLIENT_CERTIFICATE);
    }

    @Override
    public Class<HttpSpec> specClass() {
        return HttpSpec.class;
    }

    @Override
    public HttpSpec spec(FieldValues values) throws InvalidInputException {
        Expectation expected = Expectation.of(values.given(EXPECTED_STATUS), values.given(EXPECTED_STATUSES));
        return HttpSpec.of(
                values.get(METHOD),
                expected.status(),
                expected.statuses(),
                values.get(HEADERS),
                values.get(BODY),
                values.get(BODY_SECRET),
                values.has(FOLLOW_REDIRECTS) ? values.get(FOLLOW_REDIRECTS) : expected.isSuccess(),
                values.get(IGNORE_TLS_ERRORS),
                values.get(MIN_TLS_VERSION),
                values.get(CLIENT_CERTIFICATE));
    }

    @Override
    public void checkUrl(String url) {
        Target.of(url);
    }

    private static Map<String, String> shownHeaders(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return headers;
        }
        Map<String, String> shown = new LinkedHashMap<>();
        headers.forEach((name, value) -> shown.put(name, SecretHeaders.isSecret(name) ? ServiceView.HIDDEN : value));
        return shown;
    }

    private static @Nullable String shownBody(HttpSpec spec, Disclosure disclosure) {
        boolean hidden = spec.body() != null && (spec.bodySecret() || disclosure != Disclosure.WRITER);
        return hidden ? ServiceView.HIDDEN : spec.body();
    }
}
