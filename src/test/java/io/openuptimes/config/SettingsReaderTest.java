package io.openuptimes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.util.NetUtil;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Policy;
import io.openuptimes.model.RetryBackoff;
import io.openuptimes.model.RetryOn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    private static final String REDIS_URL_RULE = "must be redis://[user:password@]host:port[/database], or rediss://";

    private static Settings read(String file, Map<String, String> environment) throws InvalidSettingsException {
        return SettingsReader.read(new JsonObject(file.replace('\'', '"')), environment);
    }

    private static List<String> problems(String file, Map<String, String> environment) {
        InvalidSettingsException refused =
                catchThrowableOfType(InvalidSettingsException.class, () -> read(file, environment));
        assertThat(refused).as("refusal").isNotNull();
        return refused.problems();
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                arguments("{'htpp': {'port': 1}}", "htpp: unknown setting"),
                arguments("{'http': {'prot': 1}}", "http.prot: unknown setting"),
                arguments("{'http': {'port': 1, 'ssl': {'cert': 'x'}}}", "http.ssl: unknown setting"),
                arguments("{'http': 8080}", "http: must be a section of settings"),
                arguments("{'log': ['debug']}", "log: must be a section of settings"),
                arguments("{'http': {'host': ['a']}}", "http.host: must be a string"),
                arguments("{'access': {'apiKey': {'a': 'b'}}}", "access.apiKey: must be a string"),
                arguments(
                        "{'http': {'port': 'http'}}",
                        "http.port: must be a whole number from 0 to 65535, not \"http\""),
                arguments(
                        "{'http': {'port': 65536}}",
                        "http.port: must be a whole number from 0 to 65535, not \"65536\""),
                arguments("{'http': {'port': -1}}", "http.port: must be a whole number from 0 to 65535, not \"-1\""),
                arguments(
                        "{'http': {'port': 80.5}}", "http.port: must be a whole number from 0 to 65535, not \"80.5\""),
                arguments(
                        "{'http': {'port': true}}", "http.port: must be a whole number from 0 to 65535, not \"true\""),
                arguments(
                        "{'http': {'port': [80]}}", "http.port: must be a whole number from 0 to 65535, not \"[80]\""),
                arguments(
                        "{'http': {'port': 99999999999}}",
                        "http.port: must be a whole number from 0 to 65535, not \"99999999999\""),
                arguments(
                        "{'http': {'instances': 0}}", "http.instances: must be a whole number from 1 to 64, not \"0\""),
                arguments(
                        "{'http': {'rateLimit': -1}}",
                        "http.rateLimit: must be a whole number from 0 to 1000000, not \"-1\""),
                arguments(
                        "{'http': {'trustedProxies': ['10.0.0.0/8', 'proxy']}}",
                        "http.trustedProxies: must be addresses or CIDR blocks, not \"proxy\""),
                arguments(
                        "{'http': {'trustedProxies': '10.0.0.1,'}}",
                        "http.trustedProxies: must be addresses or CIDR blocks, not \"\""),
                arguments(
                        "{'http': {'basePath': 'uptime'}}",
                        "http.basePath: must be a path such as /uptime, of letters, digits and . _ ~ -, not \"uptime\""),
                arguments(
                        "{'http': {'allowedPrefixes': ['/a', '/b/../c']}}",
                        "http.allowedPrefixes: must be a path such as /uptime, of letters, digits and . _ ~ -,"
                                + " not \"/b/../c\""),
                arguments(
                        "{'http': {'forwardedHeaders': 'both'}}",
                        "http.forwardedHeaders: must be one of [x-forwarded, forwarded], not \"both\""),
                arguments(
                        "{'http': {'allowedOrigins': ['https://a.example/']}}",
                        "http.allowedOrigins: must be origins such as https://status.example.com,"
                                + " not \"https://a.example/\""),
                arguments(
                        "{'metrics': {'labels': 'team,a b'}}",
                        "metrics.labels: must be names of labels such as team, not \"a b\""),
                arguments(
                        "{'checks': {'nameServers': 'dns.example'}}",
                        "checks.nameServers: must be addresses such as 10.0.0.53, 10.0.0.53:5353 or [fd00::53]:5353,"
                                + " not \"dns.example\""),
                arguments(
                        "{'checks': {'nameServers': ['10.0.0.53:0']}}",
                        "checks.nameServers: must be addresses such as 10.0.0.53, 10.0.0.53:5353 or [fd00::53]:5353,"
                                + " not \"10.0.0.53:0\""),
                arguments(
                        "{'checks': {'nameServers': '1.1.1.1,1.1.1.2,1.1.1.3,1.1.1.4,1.1.1.5,1.1.1.6,1.1.1.7,1.1.1.8,::1'}}",
                        "checks.nameServers: must list at most 8 addresses"),
                arguments("{'http': {'tls': {'cert': 'a'}}}", "http.tls.key: is required with http.tls.cert"),
                arguments("{'http': {'tls': {'key': 'a'}}}", "http.tls.cert: is required with http.tls.key"),
                arguments("{'http': {'tls': {'certificate': 'a'}}}", "http.tls.certificate: unknown setting"),
                arguments("{'http': {'tls': true}}", "http.tls: must be a section of settings"),
                arguments(
                        "{'egress': {'deny': '10.0.0.0/8, 10.0.0.0/33'}}",
                        "egress.deny: must be addresses or CIDR blocks, not \"10.0.0.0/33\""),
                arguments(
                        "{'egress': {'allow': ['metadata.internal']}}",
                        "egress.allow: must be addresses or CIDR blocks, not \"metadata.internal\""),
                arguments(
                        "{'egress': {'private': 'maybe'}}",
                        "egress.private: must be one of [true, false], not \"maybe\""),
                arguments(
                        "{'node': {'location': 'Berlin'}}",
                        "node.location: must be 1 to 32 lowercase letters, digits and -, starting with a letter or"
                                + " digit, not \"Berlin\""),
                arguments("{'redis': {'url': 'localhost:6379'}}", "redis.url: " + REDIS_URL_RULE),
                arguments("{'redis': {'url': 'redis://host/zero'}}", "redis.url: " + REDIS_URL_RULE),
                arguments(
                        "{'redis': {'type': 'single'}}",
                        "redis.type: must be one of [standalone, sentinel, cluster], not \"single\""),
                arguments("{'redis': {'type': 'cluster'}}", "redis.type: \"cluster\" needs a redis.url"),
                arguments(
                        "{'redis': {'url': 'redis://a,redis://b'}}",
                        "redis.url: several URLs require redis.type sentinel or cluster"),
                arguments(
                        "{'redis': {'type': 'cluster', 'url': 'redis://a, rediss://b'}}",
                        "redis.url: must not mix redis:// and rediss:// URLs"),
                arguments(
                        "{'redis': {'type': 'cluster', 'url': 'redis://a/1'}}",
                        "redis.url: a cluster supports only database 0"),
                arguments(
                        "{'redis': {'type': 'sentinel', 'url': ['redis://a', 'b:1']}}", "redis.url: " + REDIS_URL_RULE),
                arguments("{'redis': {'sentinelUser': 'a'}}", "redis.sentinelUser: needs a redis.sentinelPassword"),
                arguments(
                        "{'checks': {'interval': 0}}",
                        "checks.interval: must be a whole number from 1 to 86400, not \"0\""),
                arguments(
                        "{'checks': {'maxInFlight': 0}}",
                        "checks.maxInFlight: must be a whole number from 1 to 100000, not \"0\""),
                arguments(
                        "{'checks': {'maxPerHost': 100001}}",
                        "checks.maxPerHost: must be a whole number from 1 to 100000, not \"100001\""),
                arguments(
                        "{'checks': {'clientCertificates': ['partner']}}",
                        "checks.clientCertificates: must be a section of names, each with cert and key"),
                arguments(
                        "{'checks': {'clientCertificates': {'our partner': {'cert': 'a', 'key': 'b'}}}}",
                        "checks.clientCertificates: a name must be 1 to 100 letters, digits, ., _ or -, not \"our"
                                + " partner\""),
                arguments(
                        "{'checks': {'clientCertificates': {'partner': 'a.pem'}}}",
                        "checks.clientCertificates.partner: must be a section with cert and key"),
                arguments(
                        "{'checks': {'clientCertificates': {'partner': {'cert': 'a'}}}}",
                        "checks.clientCertificates.partner.key: must be the path of a PEM file"),
                arguments(
                        "{'checks': {'clientCertificates': {'partner': {'cert': '', 'key': 'b'}}}}",
                        "checks.clientCertificates.partner.cert: must be the path of a PEM file"),
                arguments(
                        "{'checks': {'clientCertificates': {'partner': {'cert': 'a', 'key': 'b', 'ca': 'c'}}}}",
                        "checks.clientCertificates.partner.ca: unknown setting"),
                arguments(
                        "{'store': {'queue': 999}}",
                        "store.queue: must be a whole number from 1000 to 2147483647, not \"999\""),
                arguments("{'store': {'batch': 0}}", "store.batch: must be a whole number from 1 to 10000, not \"0\""),
                arguments(
                        "{'metrics': {'services': 'on'}}",
                        "metrics.services: must be one of [true, false], not \"on\""),
                arguments(
                        "{'log': {'level': 'loud'}}",
                        "log.level: must be one of [error, warn, info, debug], not \"loud\""),
                arguments("{'log': {'format': 'xml'}}", "log.format: must be one of [text, json], not \"xml\""));
    }

    @Test
    void client_certificates_come_from_the_file_or_as_json_from_the_environment() throws Exception {
        String json = "{\"partner\": {\"cert\": \"a.pem\", \"key\": \"a.key\", \"keyPassword\": \"secret\"}}";
        Settings.ClientCertificate partner = new Settings.ClientCertificate("a.pem", "a.key", "secret");

        Settings byFile = read("{'checks': {'clientCertificates': " + json + "}}", Map.of());
        Settings byVariable = read("{}", Map.of("OPENUPTIMES_CHECKS_CLIENT_CERTIFICATES", json));

        assertThat(byFile.checks().clientCertificates()).isEqualTo(Map.of("partner", partner));
        assertThat(byVariable).isEqualTo(byFile);
        assertThat(byFile.toString()).doesNotContain("keyPassword=secret");
        assertThat(problems("{}", Map.of("OPENUPTIMES_CHECKS_CLIENT_CERTIFICATES", "{\"a\": secret}")))
                .containsExactly(
                        "OPENUPTIMES_CHECKS_CLIENT_CERTIFICATES: must be a section of names, each with cert and"
                                + " key");
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void a_bad_key_or_value_of_the_file_is_named_with_its_rule(String file, String problem) {
        assertThat(problems(file, Map.of())).containsExactly(problem);
    }

    static Stream<Arguments> badVariables() {
        return Stream.of(
                arguments("OPENUPTIMES_HTTP_PORT", "80a", "must be a whole number from 0 to 65535, not \"80a\""),
                // what Kubernetes sets for a service called openuptimes-http
                arguments(
                        "OPENUPTIMES_HTTP_PORT",
                        "tcp://10.0.0.7:80",
                        "must be a whole number from 0 to 65535, not \"tcp://10.0.0.7:80\""),
                arguments(
                        "OPENUPTIMES_HTTP_RATE_LIMIT", "1.5", "must be a whole number from 0 to 1000000, not \"1.5\""),
                arguments("OPENUPTIMES_RATE_LIMIT", "many", "must be a whole number from 0 to 1000000, not \"many\""),
                arguments(
                        "OPENUPTIMES_HTTP_TRUSTED_PROXIES",
                        "10.0.0.1, here",
                        "must be addresses or CIDR blocks, not \"here\""),
                arguments("OPENUPTIMES_CHECK_INTERVAL", "1m", "must be a whole number from 1 to 86400, not \"1m\""),
                arguments("OPENUPTIMES_REDIS_URL", "http://:S3CRET@host", REDIS_URL_RULE),
                arguments("REDIS_URL", "redis://:S3CRET@", REDIS_URL_RULE),
                arguments("REDIS_URL", "redis://:S3CRET%@host", REDIS_URL_RULE),
                arguments("REDIS_URL", "redis://:S3CRET@host:65536", REDIS_URL_RULE),
                arguments("REDIS_URL", "redis://:S3CRET@host/0?db=1", REDIS_URL_RULE),
                arguments("OPENUPTIMES_METRICS_SERVICES", "yes", "must be one of [true, false], not \"yes\""),
                arguments("OPENUPTIMES_LOG_LEVEL", "INFO", "must be one of [error, warn, info, debug], not \"INFO\""));
    }

    @ParameterizedTest
    @MethodSource("badVariables")
    void a_bad_variable_is_named_with_its_rule(String variable, String value, String rule) {
        assertThat(problems("{}", Map.of(variable, value)))
                .containsExactly(variable + ": " + rule)
                .noneMatch(problem -> problem.contains("S3CRET"));
    }

    @Test
    void all_problems_are_told_at_once() {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> read("{'http': {'port': -1, 'prot': 2}}", Map.of("OPENUPTIMES_LOG_FORMAT", "xml")));

        assertThat(refused)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "http.port: must be a whole number from 0 to 65535, not \"-1\"",
                        "OPENUPTIMES_LOG_FORMAT: must be one of [text, json], not \"xml\"",
                        "http.prot: unknown setting"));
    }

    @Test
    void without_file_and_environment_the_defaults_count() throws Exception {
        Settings settings = read("{}", Map.of());

        assertThat(settings.http().host()).isEqualTo("0.0.0.0");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.http().rateLimit()).isEqualTo(100);
        assertThat(settings.http().basePath()).isEmpty();
        assertThat(settings.http().allowedOrigins()).isEmpty();
        assertThat(settings.http().proxies())
                .isEqualTo(new Settings.Proxies(List.of(), Settings.ForwardingHeaders.X_FORWARDED, List.of()));
        assertThat(settings.metrics()).isEqualTo(new Settings.Metrics(true, false, List.of()));
        assertThat(settings.redis())
                .isEqualTo(new Settings.Redis("standalone", List.of(), "mymaster", null, null, "./data", null));
        assertThat(settings.checks())
                .isEqualTo(new Settings.Checks(
                        60,
                        settings.checks().instances(),
                        20_000,
                        20,
                        null,
                        0,
                        List.of(),
                        Map.of(),
                        new Policy(1, 2, RetryBackoff.LINEAR, RetryOn.ANY, 1, 1, true, 0, 6, 30)));
        assertThat(settings.checks().instances()).isBetween(1, 4);
        assertThat(settings.store()).isEqualTo(new Settings.Store(1_000_000, 200));
        assertThat(settings.access().apiKey()).isNull();
        assertThat(settings.metrics().services()).isTrue();
        assertThat(settings.secrets()).isEqualTo(new Settings.Secrets(null, List.of()));
        assertThat(settings.log()).isEqualTo(new Settings.Log("info", false));
    }

    @Test
    void a_short_secret_key_is_refused_and_not_shown() {
        JsonObject file = new JsonObject()
                .put(
                        "secrets",
                        new JsonObject().put("key", "too-short").put("previousKeys", new JsonArray().add("short")));
        assertThatThrownBy(() -> SettingsReader.read(file, Map.of()))
                .isInstanceOfSatisfying(InvalidSettingsException.class, invalid -> assertThat(invalid.problems())
                        .containsExactly(
                                "secrets.key: must be 32 bytes in base64 or hexadecimal, or a passphrase of 16 characters or more",
                                "secrets.previousKeys: must be 32 bytes in base64 or hexadecimal, or a passphrase of 16"
                                        + " characters or more"));
    }

    @Test
    void previous_secret_keys_need_a_present_one() {
        JsonObject file =
                new JsonObject().put("secrets", new JsonObject().put("previousKeys", "a passphrase of some length"));
        assertThatThrownBy(() -> SettingsReader.read(file, Map.of())).hasMessageContaining("needs a secrets.key");
    }

    static Stream<Arguments> variables() {
        return SettingsReader.variables().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(variable -> arguments(entry.getKey(), variable)));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void every_variable_wins_over_its_key(String key, String variable) throws Exception {
        String good = good(key);
        JsonObject file = nested(key, withWhatItNeeds(key), "another");
        JsonObject same = nested(key, withWhatItNeeds(key), good);

        assertThat(SettingsReader.read(file, Map.of(variable, good)))
                .isEqualTo(SettingsReader.read(same, Map.of()))
                .isNotEqualTo(SettingsReader.read(new JsonObject(), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void white_space_at_the_end_of_a_variable_is_cut(String key, String variable) throws Exception {
        JsonObject file = nested(key, withWhatItNeeds(key), good(key));

        for (String space : List.of("\r", " ", "\t", " \r\n")) {
            assertThat(SettingsReader.read(
                            nested(key, withWhatItNeeds(key), "another"), Map.of(variable, good(key) + space)))
                    .isEqualTo(SettingsReader.read(file, Map.of()));
        }
    }

    /** The section of the key within those around it. */
    private static JsonObject nested(String key, JsonObject section, String value) {
        String[] path = key.split("\\.", -1);
        JsonObject nested = section.put(path[path.length - 1], value);
        for (int i = path.length - 2; i >= 0; i--) {
            nested = new JsonObject().put(path[i], nested);
        }
        return nested;
    }

    private static JsonObject withWhatItNeeds(String key) {
        return switch (key) {
            case "http.tls.cert" -> new JsonObject().put("key", "x");
            case "http.tls.key" -> new JsonObject().put("cert", "x");
            case "redis.type" -> new JsonObject().put("url", "redis://localhost");
            case "redis.sentinelUser" -> new JsonObject().put("sentinelPassword", "x");
            case "secrets.previousKeys" -> new JsonObject().put("key", "a passphrase of some length");
            default -> new JsonObject();
        };
    }

    /** A value of the key that is not its default. */
    private static String good(String key) {
        return switch (key) {
            case "secrets.key", "secrets.previousKeys" -> "another passphrase of some length";
            case "http.host",
                    "http.tls.cert",
                    "http.tls.key",
                    "redis.dataDir",
                    "redis.caFile",
                    "checks.caFile",
                    "access.apiKey" -> "some-text";
            case "redis.type" -> "sentinel";
            case "redis.master", "redis.sentinelUser", "redis.sentinelPassword" -> "some-text";
            case "redis.server" -> "bundled";
            case "redis.maxMemory" -> "2gb";
            case "http.trustedProxies", "egress.deny", "egress.allow" -> "10.0.0.0/8,::1";
            case "checks.nameServers" -> "127.0.0.1:5353,[::1]:53";
            case "redis.url" -> "rediss://user:pass@redis.example:6380/3";
            case "metrics.services", "egress.private", "checks.confirmElsewhere" -> "false";
            case "http.basePath" -> "/uptime";
            case "http.allowedOrigins" -> "https://a.example,http://b.example:8080";
            case "http.forwardedHeaders" -> "forwarded";
            case "http.allowedPrefixes" -> "/uptime,/a/b";
            case "metrics.details" -> "true";
            case "metrics.labels" -> "team,env";
            case "log.level" -> "debug";
            case "log.format" -> "json";
            case "checks.clientCertificates" -> "{\"a\": {\"cert\": \"b\", \"key\": \"c\"}}";
            case "checks.retries", "checks.failureThreshold", "checks.successThreshold", "checks.flapCount" -> "10";
            case "checks.retryBackoff" -> "exponential";
            case "checks.retryOn" -> "network";
            default -> "1234".substring(0, key.endsWith(".instances") ? 2 : 4);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "0",
                "eu-west-1",
                "a--",
                "-a",
                "a_b",
                "a.b",
                "a b",
                "Eu",
                "\u00fc",
                "a\n",
                "a@b",
                "abcdefghijklmnopqrstuvwxyz012345",
                "abcdefghijklmnopqrstuvwxyz0123456"
            })
    void a_location_is_named_as_services_name_theirs(String name) throws Exception {
        String file = new JsonObject()
                .put("node", new JsonObject().put("location", name))
                .encode();

        if (Locations.isName(name)) {
            assertThat(read(file, Map.of()).node().location()).isEqualTo(name);
        } else {
            assertThat(problems(file, Map.of()))
                    .containsExactly("node.location: must be " + Locations.RULE + ", not \"" + name + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.53, 10.0.0.53, 53",
        "10.0.0.53:5353, 10.0.0.53, 5353",
        "fd00::53, fd00::53, 53",
        "[fd00::53], fd00::53, 53",
        "[fd00::53]:5353, fd00::53, 5353"
    })
    void a_name_server_is_an_address_with_a_port_or_without(String given, String address, int port) throws Exception {
        assertThat(read("{}", Map.of("OPENUPTIMES_NAME_SERVERS", given))
                        .checks()
                        .nameServers())
                .containsExactly(new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(address), port));
    }

    @Test
    void there_may_be_several_redis_servers() throws Exception {
        Settings settings = read(
                "{'redis': {'type': 'cluster', 'url': 'redis://:a,b@one:1,redis://two:2, redis://three:3'}}", Map.of());

        assertThat(settings.redis().urls()).containsExactly("redis://:a,b@one:1", "redis://two:2", "redis://three:3");
        assertThat(read("{'redis': {'type': 'cluster', 'url': ['redis://one', 'redis://two']}}", Map.of())
                        .redis()
                        .urls())
                .containsExactly("redis://one", "redis://two");
    }

    @Test
    void an_empty_variable_counts_as_none() throws Exception {
        Map<String, String> environment = new HashMap<>();
        for (String empty : List.of("", "\r", "  ")) {
            variables().forEach(pair -> environment.put((String) pair.get()[1], empty));

            assertThat(read("{'http': {'port': 9}}", environment)).isEqualTo(read("{'http': {'port': 9}}", Map.of()));
        }
    }

    @Test
    void the_name_of_the_host_is_cut_too() throws Exception {
        assertThat(read("{}", Map.of("HOSTNAME", "web-1\r")).node().name()).isEqualTo("web-1");
    }

    @Test
    void the_url_under_its_own_name_wins_over_the_usual_one() throws Exception {
        Settings settings =
                read("{}", Map.of("REDIS_URL", "redis://usual:1", "OPENUPTIMES_REDIS_URL", "redis://own:2/4"));

        assertThat(settings.redis().urls()).containsExactly("redis://own:2/4");
        assertThat(read("{}", Map.of("REDIS_URL", "redis://usual:1")).redis().urls())
                .containsExactly("redis://usual:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://localhost",
                "redis://localhost/",
                "redis://:p%40ss@127.0.0.1:6379/15",
                "redis://[::1]:6379",
                "rediss://user:pass@cache.example.com:6380/0"
            })
    void every_usual_form_of_the_url_is_taken(String url) throws Exception {
        assertThat(read("{}", Map.of("REDIS_URL", url)).redis().urls()).containsExactly(url);
    }

    @Test
    void trusted_proxies_are_a_list_or_a_text_with_commas() throws Exception {
        List<String> proxies = List.of("10.0.0.0/8", "::1");

        assertThat(read("{'http': {'trustedProxies': ['10.0.0.0/8', '::1']}}", Map.of())
                        .http()
                        .proxies()
                        .trusted())
                .isEqualTo(proxies);
        assertThat(read("{}", Map.of("OPENUPTIMES_HTTP_TRUSTED_PROXIES", "10.0.0.0/8, ::1"))
                        .http()
                        .proxies()
                        .trusted())
                .isEqualTo(proxies);
    }

    @Test
    void what_kubernetes_sets_for_a_service_called_openuptimes_is_passed_over() throws Exception {
        Map<String, String> environment = Map.of(
                "OPENUPTIMES_SERVICE_HOST", "10.0.0.7",
                "OPENUPTIMES_SERVICE_PORT", "80",
                "OPENUPTIMES_PORT", "tcp://10.0.0.7:80",
                "OPENUPTIMES_PORT_80_TCP_ADDR", "10.0.0.7");

        assertThat(read("{}", environment)).isEqualTo(read("{}", Map.of()));
    }

    @Test
    void a_key_made_of_digits_is_a_text() throws Exception {
        assertThat(read("{'access': {'apiKey': 123456}}", Map.of()).access().apiKey())
                .isEqualTo("123456");
    }

    @Test
    void no_text_form_shows_a_secret() throws Exception {
        Settings settings = read(
                "{'access': {'apiKey': 'S3CRET-key'}, 'redis': {'type': 'sentinel', 'sentinelPassword': 'S3CRET-too', 'url': 'redis://user:S3CRET-pw@host:6379/1'}}",
                Map.of());

        assertThat(settings.access().apiKey()).isEqualTo("S3CRET-key");
        assertThat(settings.toString()).doesNotContain("S3CRET").contains("apiKey=***", "url=***");
        assertThat(settings.redis().toString()).doesNotContain("S3CRET");
        assertThat(settings.access().toString()).isEqualTo("Access[apiKey=***]");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "536870912, 536870912",
        "16mb, 16777216",
        "65536kb, 67108864",
        "512MB, 536870912",
        "2gb, 2147483648"
    })
    void memory_is_given_in_bytes_or_in_the_units_of_redis(String text, long bytes) throws Exception {
        assertThat(read("{}", Map.of("OPENUPTIMES_REDIS_MAX_MEMORY", text))
                        .embeddedRedis()
                        .maxMemory())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5gb", "2tb", "lots", "1kb", "15mb", "16777215", "999999999gb", "9999999999999999"})
    void what_is_no_size_is_a_problem(String text) {
        assertThat(problems("{\"redis\": {\"maxMemory\": \"" + text + "\"}}", Map.of()))
                .containsExactly(
                        "redis.maxMemory: must be 16mb or more, such as 536870912, 512mb or 2gb, or 0 for no limit, not \""
                                + text + "\"");
    }

    @Test
    void the_embedded_redis_may_be_a_program_by_its_path() throws Exception {
        assertThat(read("{}", Map.of()).embeddedRedis()).isEqualTo(new Settings.EmbeddedRedis("auto", null));
        assertThat(read("{}", Map.of("OPENUPTIMES_REDIS_SERVER", "/opt/valkey/bin/valkey-server"))
                        .embeddedRedis()
                        .server())
                .isEqualTo("/opt/valkey/bin/valkey-server");
        assertThat(problems("{}", Map.of("OPENUPTIMES_REDIS_SERVER", "redis-server")))
                .containsExactly(
                        "OPENUPTIMES_REDIS_SERVER: must be auto, bundled or the absolute path of a program, not"
                                + " \"redis-server\"");
    }
}
