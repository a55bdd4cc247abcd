package io.openuptimes.declare;

import io.openuptimes.model.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The files that a services file refers to, watched for changes. Blocks; for one thread at a time. */
final class ReferencedFiles {

    /** Enough for the longest value, a request body. */
    private static final int MAX_BYTES = 65_536 * 4;

    /** Each is polled once per second. */
    private static final int MAX_FILES = 1_000;

    private final Map<Path, FileWatch> watches = new HashMap<>();

    /** Starts a new read of the services file, which replaces the watched files. */
    void begin() {
        watches.clear();
    }

    /**
     * Returns the file's content without a trailing line break.
     *
     * @param field that refers to it
     * @throws InvalidInputException if it cannot be read; the message names the file
     */
    String read(String field, String name) throws InvalidInputException {
        try {
            Path file = Path.of(name);
            if (!file.isAbsolute()) {
                throw new InvalidInputException(field, "${file:" + name + "} must have an absolute path");
            }
            watch(field, file);
            return content(field, file);
        } catch (InvalidPathException e) {
            throw new InvalidInputException(field, "has an invalid path in its ${file:…}");
        }
    }

    /** Call before the file is read, so that no change is missed. */
    private void watch(String field, Path file) throws InvalidInputException {
        if (watches.size() == MAX_FILES && !watches.containsKey(file)) {
            throw new InvalidInputException(field, "refers to too many files; the limit is " + MAX_FILES);
        }
        isChanged(file, watches.computeIfAbsent(file, FileWatch::new));
    }

    private static String content(String field, Path file) throws InvalidInputException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(field, "file " + file + " does not exist");
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new InvalidInputException(field, "file " + file + " cannot be read");
        }
        if (content.length > MAX_BYTES) {
            throw new InvalidInputException(field, "file " + file + " is larger than " + MAX_BYTES / 1024 + " KiB");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.replaceFirst("\\r?\\n\\z", "");
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(field, "file " + file + " is not UTF-8");
        }
    }

    /** Returns whether any file has changed since the last call; a removed file counts as unchanged. */
    boolean areChanged() {
        boolean changed = false;
        for (Map.Entry<Path, FileWatch> watched : watches.entrySet()) {
            changed |= isChanged(watched.getKey(), watched.getValue());
        }
        return changed;
    }

    private static boolean isChanged(Path file, FileWatch watch) {
        try {
            return Files.isRegularFile(file) && watch.poll() != null; // reading a device might never end
        } catch (IOException e) {
            return false;
        }
    }
}
