package io.openuptimes.store.format;

/** This version cannot use data of the store's format. The message names the remedy. */
public final class FormatMismatch extends RuntimeException {

    private static final long serialVersionUID = 1;

    private FormatMismatch(String message) {
        super(message, null, false, false);
    }

    /**
     * @param version of this program
     */
    static FormatMismatch of(int format, Formats own, String version) {
        String reads = "This store has format " + format + "; this version (" + version + ") reads " + own + ". ";
        return new FormatMismatch(
                format > own.highest()
                        ? reads
                                + "Start the newer version that wrote it, or restore a backup that this version can read"
                                + " into an empty store"
                        : reads + "Start a version in between first, which converts it");
    }

    static FormatMismatch unreadable(String stored) {
        return new FormatMismatch("This store has an invalid format number in the key ou:format: " + stored
                + ". Start the newer version that wrote it, or restore a backup into an empty store");
    }
}
