package io.openuptimes.declare;

import io.openuptimes.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by asking, now and then, whether a file has become another. Asking, since nothing tells of changes on all
 * file systems, or where a directory is replaced by another, as Kubernetes does.
 *
 * <p>A file that changes is read once it has stopped to, so that none is taken that is half written. It blocks.
 */
final class FileWatch {

    static final long MAX_BYTES = 256L * 1024 * 1024;

    /** The same time of change may mean another content for so long: some file systems count in seconds. */
    private static final long COARSE_MS = 2_000;

    private final Path file;
    private @Nullable Stamp seen;
    private boolean asked;
    private boolean settled;
    private byte[] taken = new byte[0];

    private record Stamp(long modified, long size, @Nullable Object key) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey());
        }
    }

    FileWatch(Path file) {
        this.file = file;
    }

    /**
     * Asks. The first time, whatever is there is new.
     *
     * @return the content, if it is another one than the last time; null if not, or not yet
     * @throws java.nio.file.NoSuchFileException if there is no file
     */
    byte @Nullable [] poll() throws IOException {
        boolean first = !asked;
        asked = true;
        try {
            Stamp stamp = Stamp.of(file);
            if (!stamp.equals(seen)) {
                seen = stamp;
                settled = false;
                return first ? read(stamp) : null; // it may go on
            }
            return settled ? null : read(stamp);
        } catch (IOException e) {
            forget();
            throw e;
        }
    }

    /** The next poll gives the content again although it is the same: at once, if the file has stopped to change. */
    void repeat() {
        settled = false;
        taken = new byte[0];
    }

    private void forget() {
        seen = null;
        taken = new byte[0];
    }

    private byte @Nullable [] read(Stamp stamp) throws IOException {
        if (stamp.size() > MAX_BYTES) {
            throw new IOException("it is larger than " + MAX_BYTES / (1024 * 1024) + " MiB");
        }
        long now = System.currentTimeMillis();
        byte[] content = Files.readAllBytes(file);
        if (!Stamp.of(file).equals(stamp)) {
            return null;
        }
        settled = Math.abs(now - stamp.modified()) > COARSE_MS;
        byte[] digest = Sha256.digest().digest(content);
        if (Arrays.equals(digest, taken)) {
            return null;
        }
        taken = digest;
        return content;
    }
}
