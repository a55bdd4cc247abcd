package io.openuptimes.store;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The Lua scripts: what must happen in Redis in one step. */
enum Script {
    RECORD("record"),
    READ_ROLLUP("read_rollup"),
    CLAIM_NAME("claim_name"),
    RELEASE_NAME("release_name"),
    DELETE_SERVICE("delete_service"),
    RESTORE_SERVICE("restore_service"),
    FORGET_SERVICE("forget_service"),
    COMPLETE_SETUP("complete_setup");

    private final String source;
    private final String sha;

    Script(String name) {
        source = read("/redis/" + name + ".lua");
        sha = sha1(source);
    }

    /** Makes the script known to the server. */
    Request load() {
        return Request.cmd(Command.SCRIPT).arg("LOAD").arg(source);
    }

    /** A call to which keys and arguments are to be added, in the script's order. */
    Request call(int keys) {
        return Request.cmd(Command.EVALSHA).arg(sha).arg(keys);
    }

    private static String read(String path) {
        try (InputStream in = Script.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
