package io.openuptimes.store.backup;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.config.Version;
import io.openuptimes.runtime.Sha256;
import io.openuptimes.store.format.Formats;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Reads a backup file, see {@link BackupFileWriter}. An open file is read to its end even if it is renamed or replaced
 * meanwhile. All methods block.
 */
final class BackupFile implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final int DIGEST_BYTES = 32;

    /** As in Redis, where every part comes from. */
    private static final int MAX_PART_BYTES = 512 << 20;

    private final Path file;
    private final FileChannel channel;
    private final BackupHeader header;
    private final long begin;
    private Inflater inflater = new Inflater();

    private BackupFile(Path file, FileChannel channel, BackupHeader header, long begin) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.begin = begin;
    }

    /**
     * Opens a file and verifies it completely.
     *
     * @throws Refused {@link Failures#INVALID} if it is not a backup, is from a newer version, or is damaged or
     *     incomplete
     * @throws IOException if it cannot be read
     */
    static BackupFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw refused(file, Files.exists(file) ? "is not a file" : "does not exist");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            BackupFile opened = read(file, channel);
            opened.verify();
            return opened;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static BackupFile read(Path file, FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(BackupHeader.MAGIC.length + BackupHeader.MAX_LINE);
        int many = 0;
        while (start.hasRemaining() && many >= 0) {
            many = channel.read(start);
        }
        byte[] bytes = Arrays.copyOf(start.array(), start.position());
        int line = BackupHeader.MAGIC.length;
        if (bytes.length < line || !Arrays.equals(bytes, 0, line, BackupHeader.MAGIC, 0, line)) {
            throw refused(file, "is not a backup of OpenUptimes");
        }
        int end = line;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        BackupHeader header;
        try {
            header = BackupHeader.decode(new String(bytes, line, end - line, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw damaged(file);
        }
        if (header.format() > BackupHeader.FORMAT) {
            throw refused(
                    file,
                    "was written by version " + header.version() + " in format " + header.format() + ". This version ("
                            + Version.CURRENT + ") reads formats up to " + BackupHeader.FORMAT
                            + "; restore it with the version that wrote it, or a newer one");
        }
        if (!Formats.OWN.reads(header.data())) {
            throw refused(
                    file,
                    "holds data of format " + header.data() + ", written by version " + header.version()
                            + ". This version (" + Version.CURRENT + ") reads " + Formats.OWN
                            + "; restore it with the version that wrote it");
        }
        return new BackupFile(file, channel, header, end + 1L);
    }

    private void verify() throws IOException {
        long size = channel.size() - DIGEST_BYTES;
        if (size < begin) {
            throw damaged();
        }
        MessageDigest digest = Sha256.digest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long at = 0; at < size; ) {
            buffer.clear().limit((int) Math.min(BUFFER, size - at));
            int many = channel.read(buffer, at);
            if (many < 0) {
                throw damaged();
            }
            digest.update(buffer.flip());
            at += many;
        }
        ByteBuffer stored = ByteBuffer.allocate(DIGEST_BYTES);
        int many = channel.read(stored, size);
        if (many != DIGEST_BYTES || !MessageDigest.isEqual(stored.array(), digest.digest())) {
            throw damaged();
        }
    }

    BackupHeader header() {
        return header;
    }

    /** Size of the file in bytes. */
    long size() throws IOException {
        return channel.size();
    }

    /** For messages. */
    Path name() {
        return file;
    }

    /** Starts at the first record. Only one reader at a time. */
    Items items() throws IOException {
        channel.position(begin);
        inflater.end();
        inflater = new Inflater();
        return new Items(new InflaterInputStream(Channels.newInputStream(channel), inflater, BUFFER));
    }

    Refused damaged() {
        return damaged(file);
    }

    private static Refused damaged(Path file) {
        return refused(file, "is damaged or incomplete");
    }

    static Refused refused(Path file, String why) {
        return new Refused(Failures.INVALID, file + " " + why + ". Nothing was changed.");
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        channel.close();
    }

    /** Iterates over the records. */
    final class Items {

        private final DataInputStream in;

        private Items(InputStream inflated) {
            in = new DataInputStream(new BufferedInputStream(inflated, BUFFER));
        }

        /**
         * The next record; the last one has the kind {@link Kind#END}.
         *
         * @throws Refused if there is none, or its format is unknown
         */
        Item next() throws IOException {
            try {
                Kind kind = Kind.of(in.readUnsignedByte());
                int parts = in.readInt();
                if (kind == null || !kind.mayHave(parts)) {
                    throw damaged();
                }
                List<byte[]> read = new ArrayList<>(); // grows with the data, whatever number the file states
                for (int i = 0; i < parts; i++) {
                    read.add(part(in.readInt()));
                }
                return new Item(kind, read);
            } catch (EOFException | ZipException e) {
                throw damaged();
            }
        }

        private byte[] part(int length) throws IOException {
            if (length < 0 || length > MAX_PART_BYTES) {
                throw damaged();
            }
            byte[] part = in.readNBytes(length); // grows with the data, whatever length the file states
            if (part.length != length) {
                throw damaged();
            }
            return part;
        }

        /** Whether nothing follows. */
        boolean isAtEnd() throws IOException {
            return in.read() < 0;
        }
    }
}
