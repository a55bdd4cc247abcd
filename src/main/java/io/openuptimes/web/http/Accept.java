package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses {@code Accept} (RFC 9110, section 12.5.1). Malformed parts are ignored. */
public final class Accept {

    private static final Pattern WEIGHT = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

    private Accept() {}

    /** The weight of a media type and the specificity of the range that matched it; the more specific wins a tie. */
    private record Taken(double weight, int exactness) {

        static final Taken NOT_NAMED = new Taken(0, 0);

        boolean betterThan(Taken other) {
            return weight > other.weight || (weight == other.weight && exactness > other.exactness);
        }
    }

    /**
     * @param headers the request's {@code Accept} headers; none, or an empty one, accepts everything
     * @param offers media types; the first is the default
     * @return the best offer; null if none is acceptable
     */
    public static @Nullable String best(List<String> headers, List<String> offers) {
        String header = String.join(",", headers);
        if (header.isBlank()) {
            return offers.get(0);
        }
        String best = null;
        Taken bestTaken = Taken.NOT_NAMED;
        for (String offer : offers) {
            Taken taken = taken(header, offer);
            if (taken.weight() > 0 && taken.betterThan(bestTaken)) {
                best = offer;
                bestTaken = taken;
            }
        }
        return best;
    }

    /**
     * The best offer, as in {@link #best}.
     *
     * @throws ApiException 406 if none is acceptable
     */
    public static String required(HttpServerRequest request, List<String> offers) {
        String type = best(request.headers().getAll(HttpHeaders.ACCEPT), offers);
        if (type == null) {
            throw new ApiException(
                    406, "Accept: none of these types is available; available: " + String.join(", ", offers));
        }
        return type;
    }

    /** Matches the offer against the most specific range. */
    private static Taken taken(String header, String offer) {
        Taken taken = Taken.NOT_NAMED;
        for (String element : header.split(",", -1)) {
            String[] parts = element.split(";", -1);
            int exactness = exactness(MediaTypes.of(parts[0]), offer);
            double weight = weight(parts);
            if (exactness > taken.exactness() && weight >= 0) {
                taken = new Taken(weight, exactness);
            }
        }
        return taken;
    }

    private static int exactness(String range, String offer) {
        if (range.equals(offer)) {
            return 3;
        }
        if (range.equals(offer.substring(0, offer.indexOf('/')) + "/*")) {
            return 2;
        }
        return range.equals("*/*") ? 1 : 0;
    }

    /** From 0 to 1; negative if malformed. */
    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                String weight = parameter.substring(2);
                return WEIGHT.matcher(weight).matches() ? Double.parseDouble(weight) : -1;
            }
        }
        return 1;
    }
}
