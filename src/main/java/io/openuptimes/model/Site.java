package io.openuptimes.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The appearance of the pages.
 *
 * @param siteName 1 to 100 characters
 * @param accent a colour as {@code #rrggbb}; null for the default
 * @param footer plain text, up to 2000 characters
 * @param logoVersion {@link Logo#version()} of the logo; null if there is none
 * @param groupOrder groups listed first, in this order, up to 500; others follow by name
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
