package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Request bodies in a content coding, which are not taken: a few bytes could become any number. */
public final class CodedBody {

    private static final String IDENTITY = "identity";
    private static final int MAX_NAME = 40;

    private CodedBody() {}

    /**
     * Goes on with a body that is as it is.
     *
     * @throws ApiException 415 for any other (RFC 9110, section 15.5.16)
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
