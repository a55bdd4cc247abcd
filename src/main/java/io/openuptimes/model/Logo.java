package io.openuptimes.model;

/**
 * The site's logo.
 *
 * @param type media type
 * @param version changes with the content
 * @param base64 the image
 */
public record Logo(String type, String version, String base64) {

    /** Requests removal of the logo. */
    public static final Logo NONE = new Logo("", "", "");

    @Override
    public String toString() {
        return "Logo[" + type + " " + version + "]";
    }
}
