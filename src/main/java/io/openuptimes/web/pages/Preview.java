package io.openuptimes.web.pages;

import org.jspecify.annotations.Nullable;

/**
 * What a page says before its scripts run: to search engines, to messengers that show a preview of a link, and in a tab
 * that still loads. In English, and the same for every caller.
 *
 * @param status the answer's: 200 or 404
 * @param title of the document
 * @param siteName what the operator calls the site
 * @param description one sentence; null for pages that nobody shares
 */
public record Preview(
        int status, String title, String siteName, @Nullable String description) {

    /** Markup for the head of a document; texts in it stay texts. */
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
