package io.openuptimes.check.net.lookup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file, polled for changes. Many programs empty or remove a file before they rewrite it, so a file that is
 * empty, missing, or changing during the read is accepted only if the next look finds it unchanged. An unreadable file
 * keeps its last content.
 *
 * <p>Blocks, so not for event loops; not thread-safe.
 */
final class WatchedFile {

    private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);

    /** Metadata that changes with the file's content. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    private static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1, null);
    private static final Stamp UNKNOWN = new Stamp(FileTime.fromMillis(0), -2, null);

    private final Path path;
    private @Nullable Stamp adopted;
    /** From the last look, if its result was not accepted. */
    private @Nullable Stamp doubted;
    /** Of the file that could not be read; logged once. */
    private @Nullable Stamp unreadable;

    WatchedFile(Path path) {
        this.path = path;
    }

    /**
     * The first look accepts whatever it can read.
     *
     * @return the new content, empty for a missing file; null if nothing has changed
     */
    @Nullable
    String look() {
        Stamp before = UNKNOWN;
        try {
            before = stamp();
            if (before.equals(adopted)) {
                doubted = null;
                return null;
            }
            String content = content();
            Stamp after = stamp();
            if (adopted != null && !isCertain(before, content, after)) {
                doubted = after;
                return null;
            }
            adopted = before;
            doubted = null;
            unreadable = null;
            return content;
        } catch (IOException e) {
            if (!before.equals(unreadable)) {
                unreadable = before;
                log.warn("{} cannot be read, its former content stays in use: {}", path, e.toString());
            }
            return null;
        }
    }

    private boolean isCertain(Stamp before, String content, Stamp after) {
        return after.equals(before) && (!content.isBlank() || before.equals(doubted));
    }

    private String content() throws IOException {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private Stamp stamp() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (NoSuchFileException e) {
            return MISSING;
        }
    }
}
