package io.openuptimes.bus;

/**
 * Which service is meant.
 *
 * @param by what {@code text} is
 * @param text a name, or an id, which no rename changes; of any form
 */
public record ServiceRef(By by, String text) {

    /** How services are found. */
    public enum By {
        NAME,
        ID
    }

    /** The service that has this name when it is looked up. */
    public static ServiceRef named(String name) {
        return new ServiceRef(By.NAME, name);
    }

    /** The service with this id. */
    public static ServiceRef withId(String id) {
        return new ServiceRef(By.ID, id);
    }
}
