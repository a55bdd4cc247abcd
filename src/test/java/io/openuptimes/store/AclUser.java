package io.openuptimes.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The permissions required by a Redis user, as listed in docs/redis.md. */
public final class AclUser {

    private static final Pattern RULES = Pattern.compile("(?m)^ACL SETUSER openuptimes on >secret (.+)$");

    private static final Pattern SENTINEL_RULES = Pattern.compile("On the sentinels, these are enough: `([^`]+)`");

    private AclUser() {}

    public static String rules() throws IOException {
        return find(RULES);
    }

    public static String sentinelRules() throws IOException {
        return find(SENTINEL_RULES);
    }

    private static String find(Pattern rules) throws IOException {
        Matcher found = rules.matcher(Files.readString(Path.of("docs/redis.md")).replaceAll("\\\\\\R\\s*", ""));
        if (!found.find()) {
            throw new IllegalStateException("docs/redis.md does not say how to make the user");
        }
        return found.group(1);
    }
}
