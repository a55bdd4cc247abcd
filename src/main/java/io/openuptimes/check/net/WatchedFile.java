package io.openuptimes.check.net;

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
 * A small file that is looked at from time to time. Many programs empty a file before they write it anew, or remove it
 * first: one that is empty, missing, or changing while it is read is believed only if the next look finds it unchanged. One
 * that cannot be read stays as it was.
 *
 * <p>Not for an event loop, nor for several threads at once.
 */
final class WatchedFile {

    private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);

    /** What changes with a file's content. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    private static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1, null);
    private static final Stamp UNKNOWN = new Stamp(FileTime.fromMillis(0), -2, null);

    private final Path path;
    private @Nullable Stamp adopted;
    /** Of the last look, if it did not believe what it saw. */
    private @Nullable Stamp doubted;
    /** Of what could not be read, which is logged once. */
    private @Nullable Stamp unreadable;

    WatchedFile(Path path) {
        this.path = path;
    }

    /**
     * The first look believes whatever it can read.
     *
     * @return the content if it is another one, empty for a file that is not there; null if there is nothing new
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
