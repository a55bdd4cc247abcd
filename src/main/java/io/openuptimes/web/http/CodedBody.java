package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Rejects request bodies with a content coding: a few bytes could decompress to any number. */
public final class CodedBody {

    private static final String IDENTITY = "identity";
    private static final int MAX_NAME = 40;

    private CodedBody() {}

    /**
     * Continues if the body has no content coding.
     *
     * @throws ApiException 415 if it has one (RFC 9110, section 15.5.16)
     */
    public static void refuse(RoutingContext context) {
        for (String header : context.request().headers().getAll(HttpHeaders.CONTENT_ENCODING)) {
            for (String coding : header.split(",", -1)) {
                String name = coding.strip();
                if (!name.isEmpty() && !name.equalsIgnoreCase(IDENTITY)) {
                    throw new ApiException(
                            415,
                            "Content-Encoding: must be identity, not "
                                    + name.substring(0, Math.min(MAX_NAME, name.length())),
                            Map.of("Accept-Encoding", IDENTITY));
                }
            }
        }
        context.next();
    }
}
