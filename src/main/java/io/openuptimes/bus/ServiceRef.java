package io.openuptimes.bus;

/**
 * Refers to a service.
 *
 * @param by how {@code text} is interpreted
 * @param text a name, or an id, which survives renames; not validated
 */
public record ServiceRef(By by, String text) {

    /** How a service is looked up. */
    public enum By {
        NAME,
        ID
    }

    /** The service that has this name at the time of the lookup. */
    public static ServiceRef named(String name) {
        return new ServiceRef(By.NAME, name);
    }

    /** The service with this id. */
    public static ServiceRef withId(String id) {
        return new ServiceRef(By.ID, id);
    }
}
