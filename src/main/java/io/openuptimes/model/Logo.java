package io.openuptimes.model;

/**
 * An image of the site's own.
 *
 * @param type its media type
 * @param version names the content: another one, another version
 * @param base64 the image
 */
public record Logo(String type, String version, String base64) {

    /** In place of a logo, to remove the one there is. */
    public static final Logo NONE = new Logo("", "", "");

    @Override
    public String toString() {
        return "Logo[" + type + " " + version + "]";
    }
}
