package io.openuptimes.store.data;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The Lua scripts, for operations that must be atomic in Redis. */
public enum Script {
    RECORD("record"),
    RELAY("relay"),
    FENCE("fence"),
    SHARE("share"),
    LEAVE("leave"),
    READ_ROLLUP("read_rollup"),
    CLEAR_COUNTS("clear_counts"),
    TAKE_CHANGES("take_changes"),
    KEEP_CHANGES("keep_changes"),
    CLOSE_SLOT("close_slot"),
    JOURNAL("journal"),
    PUT_SERVICES("put_services"),
    REMOVE_SERVICES("remove_services"),
    PUT_NAMES("put_names"),
    RELEASE_NAMES("release_names"),
    RESEAL_SERVICES("reseal_services"),
    FORGET_SERVICE("forget_service"),
    DECLARE_BY("declare_by"),
    NOW("now"),
    UNDO("undo"),
    ONCE_END("once_end"),
    AUDIT("audit"),
    BACKUP_SERVICE("backup_service"),
    RESTORE_MARK("restore_mark"),
    FORMAT("format"),
    RAISE_FORMAT("raise_format"),

    // called by Commits
    COMMIT("commit", true),
    ONCE_BEGIN("once_begin", true),
    REPLACE_SERVICE("replace_service", true),
    CLAIM_NAME("claim_name", true),
    RELEASE_NAME("release_name", true),
    DELETE_SERVICE("delete_service", true),
    RESTORE_SERVICE("restore_service", true),
    JOURNAL_COMMIT("journal_commit", true),
    RAISE_FLOOR("raise_floor", true),
    COMPLETE_SETUP("complete_setup", true),
    CHANGE_PASSWORD("change_password", true);

    private final String source;
    private final String sha;

    Script(String name) {
        this(name, false);
    }

    /**
     * @param commits whether it commits a change and is enclosed in {@code commit_begin.lua} and {@code commit_end.lua}
     */
    Script(String name, boolean commits) {
        String own = read("/redis/" + name + ".lua");
        source = commits ? read("/redis/commit_begin.lua") + own + read("/redis/commit_end.lua") : own;
        sha = sha1(source);
    }

    /** Loads all scripts into a server. */
    public static List<Request> loads() {
        return Stream.of(values()).map(Script::load).toList();
    }

    /** Loads the script into the server. */
    public Request load() {
        return Request.cmd(Command.SCRIPT).arg("LOAD").arg(source);
    }

    /** A call to which the caller adds keys and arguments, in the script's order. */
    public Request call(int keys) {
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
