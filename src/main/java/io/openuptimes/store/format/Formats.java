package io.openuptimes.store.format;

/**
 * The formats of stored data that a version of the program reads. It writes all but {@link #UNNUMBERED}.
 *
 * <p>A format gets a new number if previous versions would misread it or lose parts of it. Additions that they skip or
 * keep, such as an outcome's code or a member of a service, need none.
 *
 * @param lowest the oldest format
 * @param highest the newest format, to which the data is raised once all nodes read it
 */
public record Formats(int lowest, int highest) {

    /** The format of data written before formats had numbers. */
    public static final int UNNUMBERED = 0;

    /** The first numbered format. Every store begins with it. */
    public static final int FIRST = 1;

    /** The formats of this version. */
    public static final Formats OWN = new Formats(UNNUMBERED, FIRST);

    public Formats {
        if (lowest < UNNUMBERED || highest < Math.max(lowest, FIRST)) {
            throw new IllegalArgumentException("no formats: " + lowest + " to " + highest);
        }
    }

    public boolean reads(int format) {
        return format >= lowest && format <= highest;
    }

    @Override
    public String toString() {
        return lowest == highest ? "format " + lowest : "formats " + lowest + " to " + highest;
    }
}
