package io.openuptimes.check.type.http;

import io.openuptimes.check.net.Network;
import io.openuptimes.check.type.AnswerPart;
import io.openuptimes.check.type.CheckType;
import io.openuptimes.check.type.Prober;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.ServiceView;
import io.openuptimes.model.Target;
import io.openuptimes.model.TlsFields;
import io.openuptimes.model.TlsVersion;
import io.openuptimes.model.field.EntryRules;
import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldReader;
import io.openuptimes.model.field.FieldValues;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends an HTTP or HTTPS request and follows its redirects. */
public final class HttpType implements CheckType<HttpSpec> {

    static final String NAME = "http";
    private static final int MAX_BODY = 65_536;
    private static final List<String> METHODS =
            Arrays.stream(Method.values()).map(Method::name).toList();

    private static final Field<HttpSpec, Integer> EXPECTED_STATUS = Field.<HttpSpec>whole(
                    "expectedStatus", ExpectedStatuses.MIN_CODE, ExpectedStatuses.MAX_CODE)
            .byDefault(200)
            .defaultFollows(ExpectedStatuses.FIELD)
            .replaces(ExpectedStatuses.FIELD)
            .asksForCheck()
            .core()
            .shownByAll()
            .after("group")
            .of(HttpSpec::expectedStatus);

    private static final Field<HttpSpec, ExpectedStatuses> EXPECTED_STATUSES = Field.<HttpSpec, ExpectedStatuses>parsed(
                    ExpectedStatuses.FIELD, ExpectedStatuses::parse, ExpectedStatuses::of, ExpectedStatuses::toString)
            .length(0, ExpectedStatuses.MAX_TEXT)
            .separated(ExpectedStatuses.SEPARATOR, ExpectedStatuses.MAX_RANGES)
            .entries(EntryRules.matching(ExpectedStatuses.RANGE.pattern()))
            .replaces(EXPECTED_STATUS.name())
            .asksForCheck()
            .of(HttpSpec::expectedStatuses);

    private static final Field<HttpSpec, Method> METHOD = Field.<HttpSpec, Method>parsed(
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

    private static final Field<HttpSpec, Map<String, String>> HEADERS = Field.<HttpSpec>texts(
                    RequestHeaders.FIELD, RequestHeaders.MAX, (field, given) -> RequestHeaders.parse(given))
            .keys(RequestHeaders.NAMES)
            .entries(RequestHeaders.VALUES)
            .asksForCheck()
            .always()
            .secret((spec, disclosure) -> shownHeaders(spec.headers()))
            .after("paused")
            .of(HttpSpec::headers);

    private static final Field<HttpSpec, String> BODY = Field.<HttpSpec, String>parsed(
                    "body", FieldReader.text(MAX_BODY), text -> text, text -> text)
            .length(0, MAX_BODY)
            .asksForCheck()
            .always()
            .secret(HttpType::shownBody)
            .of(HttpSpec::body);

    private static final Field<HttpSpec, Boolean> BODY_SECRET = Field.<HttpSpec>flag("bodySecret", false)
            .onlyIf(HttpSpec::bodySecret)
            .of(HttpSpec::bodySecret);

    /** By default, redirects are followed if success is expected, see {@link Expectation#isSuccess}. */
    private static final Field<HttpSpec, Boolean> FOLLOW_REDIRECTS = Field.<HttpSpec>flag("followRedirects", true)
            .defaultFollows(EXPECTED_STATUS.name())
            .asksForCheck()
            .core()
            .of(HttpSpec::followRedirects);

    private static final Field<HttpSpec, Boolean> IGNORE_TLS_ERRORS = TlsFields.ignoreTlsErrors();
    private static final Field<HttpSpec, TlsVersion> MIN_TLS_VERSION = TlsFields.minTlsVersion();
    private static final Field<HttpSpec, String> CLIENT_CERTIFICATE = TlsFields.clientCertificate();

    private static final List<Field<HttpSpec, ?>> FIELDS = List.of(
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
        return FIELDS;
    }

    @Override
    public Class<HttpSpec> specClass() {
        return HttpSpec.class;
    }

    @Override
    public HttpSpec spec(FieldValues values) throws InvalidInputException {
        Expectation expected = Expectation.of(values.given(EXPECTED_STATUS), values.given(EXPECTED_STATUSES));
        return new HttpSpec(
                        values.get(METHOD),
                        expected.status(),
                        expected.statuses(),
                        values.get(HEADERS),
                        values.get(BODY),
                        values.get(BODY_SECRET),
                        values.has(FOLLOW_REDIRECTS) ? values.get(FOLLOW_REDIRECTS) : expected.isSuccess(),
                        values.get(IGNORE_TLS_ERRORS),
                        values.get(MIN_TLS_VERSION),
                        values.get(CLIENT_CERTIFICATE))
                .shared();
    }

    @Override
    public void checkUrl(String url) {
        Target.of(url);
    }

    @Override
    public Set<AnswerPart> answer() {
        return Set.of(AnswerPart.STATUS_CODE, AnswerPart.CERTIFICATE);
    }

    @Override
    public Prober<HttpSpec> prober(Network network) {
        network.tls().offer(HttpAttempt.ALPN);
        return new HttpProber(network);
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
