package io.openuptimes.store.secrets;

import io.openuptimes.runtime.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The keys of an installation with the embedded Redis, in its data directory: one per line, newest first. Readable only
 * by the owner. All methods block.
 */
public final class KeyFile {

    private static final String NAME = "secret.key";
    private static final int KEY_BYTES = 32;

    private final Path file;

    public KeyFile(Path dataDir) {
        this.file = dataDir.resolve(NAME);
    }

    /** The keys; empty if there is no file. */
    public List<SecretKey> read() throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        List<SecretKey> keys = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            if (!line.isBlank()) {
                keys.add(decode(line.strip()));
            }
        }
        return keys;
    }

    private SecretKey decode(String line) throws IOException {
        try {
            return SecretKey.of(Base64.getDecoder().decode(line));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " has a line that is no key");
        }
    }

    /** Creates a key and puts it first. It is on disk when this returns. */
    public SecretKey add() throws IOException {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        List<String> lines = new ArrayList<>(List.of(Base64.getEncoder().encodeToString(bytes)));
        if (Files.exists(file)) {
            lines.addAll(Files.readAllLines(file, StandardCharsets.US_ASCII));
        }
        Path next = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(next);
        PrivateFiles.create(next);
        Files.write(next, lines, StandardCharsets.US_ASCII, StandardOpenOption.SYNC, StandardOpenOption.WRITE);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return SecretKey.of(bytes);
    }
}
