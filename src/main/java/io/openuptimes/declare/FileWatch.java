package io.openuptimes.declare;

import io.openuptimes.runtime.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Polls a file for changes. Polling, because change notifications do not work on all file systems, or when a directory
 * is replaced, as Kubernetes does.
 *
 * <p>A changing file is read only after it has settled, so that a half-written file is never used. Blocks.
 */
final class FileWatch {

    static final long MAX_BYTES = 256L * 1024 * 1024;

    /**
     * An equal modification time proves nothing for this long, because some file systems have a resolution of seconds.
     */
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
     * Polls the file. The first poll always returns the content.
     *
     * @return the content if it has changed; null if not, or not settled yet
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
                return first ? read(stamp) : null; // wait until it settles
            }
            return settled ? null : read(stamp);
        } catch (IOException e) {
            forget();
            throw e;
        }
    }

    /** Makes the next poll return the content even if it has not changed, immediately if the file has settled. */
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
