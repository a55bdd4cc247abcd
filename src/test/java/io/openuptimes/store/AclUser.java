package io.openuptimes.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user of Redis's must be allowed, as the README says it. */
final class AclUser {

    private static final Pattern RULES = Pattern.compile("(?m)^ACL SETUSER openuptimes on >secret (.+)$");

    private static final Pattern SENTINEL_RULES = Pattern.compile("on the sentinels, `([^`]+)` is all");

    private AclUser() {}

    static String rules() throws IOException {
        return find(RULES);
    }

    static String sentinelRules() throws IOException {
        return find(SENTINEL_RULES);
    }

    private static String find(Pattern rules) throws IOException {
        Matcher found = rules.matcher(Files.readString(Path.of("README.md")).replaceAll("\\\\\\R\\s*", ""));
        if (!found.find()) {
            throw new IllegalStateException("the README does not say how to make the user");
        }
        return found.group(1);
    }
}
