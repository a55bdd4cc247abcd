package io.openuptimes.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the pages present themselves.
 *
 * @param siteName 1 to 100 characters
 * @param accent a colour as {@code #rrggbb}; null for the pages' own
 * @param footer plain text, up to 2000 characters
 * @param logoVersion {@link Logo#version()} of the logo; null where there is none
 * @param groupOrder the groups that come first in lists by group, in this order, up to 500; others follow by name
 */
public record Site(
        String siteName,
        @Nullable String accent,
        String footer,
        @Nullable String logoVersion,
        List<String> groupOrder) {

    public Site {
        groupOrder = List.copyOf(groupOrder);
    }

    public static final String DEFAULT_NAME = "OpenUptimes";
}
