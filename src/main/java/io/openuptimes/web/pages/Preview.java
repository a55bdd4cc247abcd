package io.openuptimes.web.pages;

import org.jspecify.annotations.Nullable;

/**
 * A page's static content before its scripts run: for search engines, for link previews in messengers, and for the
 * title of a loading tab. In English, and the same for every caller.
 *
 * @param status the response's HTTP status: 200 or 404
 * @param title of the document
 * @param siteName the site's name, set by the operator
 * @param description one sentence; null for pages that are not shared
 */
public record Preview(
        int status, String title, String siteName, @Nullable String description) {

    /** Markup for the document's head; texts are escaped. */
    String head() {
        StringBuilder head = new StringBuilder(400);
        head.append("<title>").append(escaped(title)).append("</title>");
        if (description != null) {
            meta(head, "name", "description", description);
            meta(head, "property", "og:type", "website");
            meta(head, "property", "og:site_name", siteName);
            meta(head, "property", "og:title", title);
            meta(head, "property", "og:description", description);
        }
        return head.toString();
    }

    private static void meta(StringBuilder head, String attribute, String name, String content) {
        head.append("\n  <meta ").append(attribute).append("=\"").append(name);
        head.append("\" content=\"").append(escaped(content)).append("\">");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
