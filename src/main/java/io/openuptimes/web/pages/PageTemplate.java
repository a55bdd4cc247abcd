package io.openuptimes.web.pages;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A page's document with a placeholder for the part of its head that shows the state. Caches the last result, since
 * most requests for a page have the same head. Not thread-safe; each event loop has its own.
 */
final class PageTemplate {

    private static final String HEAD = "{{head}}";

    private final String name;
    private final String before;
    private final String after;
    private String lastHead = "";
    private @Nullable Asset last;

    /**
     * @param text contains at most one placeholder
     */
    PageTemplate(String name, String text) {
        int place = text.indexOf(HEAD);
        this.name = name;
        this.before = place < 0 ? text : text.substring(0, place);
        this.after = place < 0 ? "" : text.substring(place + HEAD.length());
    }

    /**
     * @param head markup; empty for a document without a placeholder
     */
    Asset with(String head) {
        Asset known = last;
        if (known != null && lastHead.equals(head)) {
            return known;
        }
        Asset made = Asset.of(name + ".html", (before + head + after).getBytes(StandardCharsets.UTF_8));
        lastHead = head;
        last = made;
        return made;
    }
}
