package io.openuptimes.config;

import io.openuptimes.config.SettingValues.Given;
import io.openuptimes.config.Settings.ForwardingHeaders;
import io.openuptimes.config.Settings.Proxies;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the settings for base path, allowed origins, and metrics labels. */
final class WebSettings {

    private static final int MAX_PREFIXES = 20;
    private static final int MAX_ORIGINS = 100;
    private static final int MAX_METRIC_LABELS = 10;
    /** Segments without characters that need encoding, and none that consists of dots. */
    private static final Pattern PATH = Pattern.compile("(/(?!\\.+(/|$))[A-Za-z0-9._~-]+)+");

    private static final Pattern ORIGIN = Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?");
    /** The same pattern as for the labels of services. */
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._/-]{1,63}");

    private final SettingValues values;

    WebSettings(SettingValues values) {
        this.values = values;
    }

    /** Empty for the root; a trailing slash is ignored. */
    String basePath() {
        Given given = values.find("http.basePath");
        if (given == null || given.value().equals("/")) {
            return "";
        }
        return path(given.source(), given.value().toString());
    }

    /** Origins in the form that browsers send. */
    List<String> allowedOrigins() {
        return list("http.allowedOrigins", ORIGIN, MAX_ORIGINS, "origins such as https://status.example.com");
    }

    Proxies proxies() {
        List<String> trusted = values.addresses("http.trustedProxies");
        String headers = values.choice("http.forwardedHeaders", "x-forwarded", List.of("x-forwarded", "forwarded"));
        Given given = values.find("http.allowedPrefixes");
        List<String> prefixes = new ArrayList<>();
        if (given != null) {
            given.parts(",").forEach(prefix -> prefixes.add(path(given.source(), prefix)));
            if (prefixes.size() > MAX_PREFIXES) {
                values.problem(given.source() + ": must list at most " + MAX_PREFIXES + " paths");
            }
        }
        return new Proxies(
                trusted,
                headers.equals("forwarded") ? ForwardingHeaders.FORWARDED : ForwardingHeaders.X_FORWARDED,
                prefixes);
    }

    /** Label names of services. */
    List<String> metricLabels() {
        return list("metrics.labels", LABEL, MAX_METRIC_LABELS, "names of labels such as team");
    }

    private String path(String source, String text) {
        String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (!PATH.matcher(path).matches()) {
            values.problem(
                    source + ": must be a path such as /uptime, of letters, digits and . _ ~ -, not \"" + text + "\"");
            return "";
        }
        return path;
    }

    private List<String> list(String key, Pattern pattern, int most, String kind) {
        Given given = values.find(key);
        if (given == null) {
            return List.of();
        }
        LinkedHashSet<String> parts = new LinkedHashSet<>();
        for (String part : given.parts(",")) {
            if (!pattern.matcher(part).matches()) {
                values.problem(given.source() + ": must be " + kind + ", not \"" + part + "\"");
            } else {
                parts.add(part);
            }
        }
        if (parts.size() > most) {
            values.problem(given.source() + ": must list at most " + most + " entries");
        }
        return List.copyOf(parts);
    }
}
