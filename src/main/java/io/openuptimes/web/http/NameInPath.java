package io.openuptimes.web.http;

import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * A name at the end of a path, such as {@code /api/history/{serviceName}}. It is the rest of the raw path, decoded
 * once: {@code %2F} is a slash in the name, and {@code %2E%2E} is a name, not a parent directory.
 */
public final class NameInPath {

    private NameInPath() {}

    /**
     * A pattern that matches such paths before they are normalized.
     *
     * @param path as in {@code openapi.yaml}
     */
    public static String regex(String path) {
        return Pattern.quote(before(path)) + ".+";
    }

    /**
     * The name in the request's path.
     *
     * @param path as in {@code openapi.yaml}
     * @throws ApiException 400 if the name is not percent-encoded UTF-8
     */
    public static String of(RoutingContext context, String path) {
        String encoded = Mount.pathBelow(context).substring(before(path).length());
        return PercentCoding.decode(encoded, false)
                .orElseThrow(() -> Errors.invalid(parameter(path), "is not valid percent-encoded UTF-8"));
    }

    private static String before(String path) {
        return path.substring(0, path.lastIndexOf('{'));
    }

    private static String parameter(String path) {
        return path.substring(path.lastIndexOf('{') + 1, path.length() - 1);
    }
}
