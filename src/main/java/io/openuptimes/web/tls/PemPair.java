package io.openuptimes.web.tls;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The contents of the two PEM files, not yet verified.
 *
 * @param certificates from {@code http.tls.cert}
 * @param key from {@code http.tls.key}
 */
record PemPair(Buffer certificates, Buffer key) {

    /** A certificate chain takes a few kilobytes. */
    private static final int MAX_BYTES = 1024 * 1024;

    /**
     * Reads both files. Blocks.
     *
     * @throws InvalidSettingsException if a file cannot be read or is larger than 1 MiB; the message names the setting
     */
    static PemPair read(Settings.Tls settings) throws InvalidSettingsException {
        return new PemPair(read("http.tls.cert", settings.cert()), read("http.tls.key", settings.key()));
    }

    private static Buffer read(String setting, String file) throws InvalidSettingsException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new InvalidSettingsException(List.of(setting + ": " + file + " is larger than 1 MiB"));
            }
            return Buffer.buffer(content);
        } catch (NoSuchFileException e) {
            throw new InvalidSettingsException(List.of(setting + ": file " + file + " does not exist"));
        } catch (IOException | RuntimeException e) {
            String reason = e.getClass().getSimpleName();
            throw new InvalidSettingsException(List.of(setting + ": cannot read " + file + ": " + reason));
        }
    }

    /** The key is a secret. */
    @Override
    public String toString() {
        return "PemPair";
    }
}
