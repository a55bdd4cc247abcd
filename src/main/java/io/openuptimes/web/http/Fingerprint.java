package io.openuptimes.web.http;

import io.openuptimes.runtime.Sha256;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A hash for recognizing repeated requests. */
public final class Fingerprint {

    private Fingerprint() {}

    /** Covers method, path, query and body. */
    public static String of(HttpServerRequest request, byte[] bodyHash) {
        MessageDigest digest = Sha256.digest();
        digest.update((request.method() + " " + request.uri() + "\n").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(bodyHash));
    }
}
