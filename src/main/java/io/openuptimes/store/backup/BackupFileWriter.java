package io.openuptimes.store.backup;

import io.openuptimes.runtime.PrivateFiles;
import io.openuptimes.runtime.Sha256;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Set;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a backup file that only its owner can read. It gets its final name once it is complete and on disk.
 *
 * <p>The file consists of the {@link BackupHeader}, the compressed records, and the SHA-256 of everything before it. A
 * record consists of its kind's code (a byte), the number of its parts (4 bytes), and the parts, each preceded by its
 * length (4 bytes, high bytes first). All methods block.
 */
final class BackupFileWriter implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final boolean replace;
    private final Path unfinished;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.digest();
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final OutputStream plain;
    private final DeflaterOutputStream compressed;
    private final DataOutputStream out;
    private final RecordCounts counts = new RecordCounts();

    private BackupFileWriter(Path file, boolean replace, Path unfinished, FileChannel channel) {
        this.file = file;
        this.replace = replace;
        this.unfinished = unfinished;
        this.channel = channel;
        plain = new DigestOutputStream(Channels.newOutputStream(channel), digest);
        compressed = new DeflaterOutputStream(plain, deflater, BUFFER);
        out = new DataOutputStream(new BufferedOutputStream(compressed, BUFFER));
    }

    /**
     * Begins a file.
     *
     * @param replace whether an existing file may be replaced
     * @throws IOException whose message says what is wrong
     */
    static BackupFileWriter begin(Path file, boolean replace, BackupHeader header) throws IOException {
        Path target = file.toAbsolutePath();
        refuseExisting(target, replace);
        Path unfinished = target.resolveSibling(
                target.getFileName() + ".part-" + UUID.randomUUID().toString().substring(0, 8));
        BackupFileWriter writer = new BackupFileWriter(target, replace, unfinished, create(unfinished));
        unfinished.toFile().deleteOnExit(); // where somebody ends the command
        try {
            writer.plain.write(BackupHeader.MAGIC);
            writer.plain.write(header.encode());
            return writer;
        } catch (IOException e) {
            writer.close();
            throw e;
        }
    }

    private static FileChannel create(Path unfinished) throws IOException {
        try {
            return FileChannel.open(
                    unfinished,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PrivateFiles.attributes(unfinished));
        } catch (NoSuchFileException e) {
            throw new IOException("There is no directory " + unfinished.getParent(), e);
        } catch (IOException e) {
            throw new IOException("Cannot write to the directory " + unfinished.getParent() + ": " + e.getMessage(), e);
        }
    }

    private static void refuseExisting(Path file, boolean replace) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory");
        }
        if (!replace && Files.exists(file)) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "exists already. Choose another name, or replace it with --force");
        }
    }

    void write(Item item) throws IOException {
        if (!item.kind().mayHave(item.parts().size())) {
            throw new IllegalArgumentException(
                    item.kind() + " with " + item.parts().size() + " parts");
        }
        out.writeByte(item.kind().code());
        out.writeInt(item.parts().size());
        for (byte[] part : item.parts()) {
            out.writeInt(part.length);
            out.write(part);
        }
        counts.add(item);
    }

    RecordCounts counts() {
        return counts;
    }

    /**
     * Completes the file and gives it its final name.
     *
     * @return its size in bytes
     */
    long finish() throws IOException {
        write(Item.of(Kind.END, Item.bytes(counts.toJson().encode())));
        out.flush();
        compressed.finish();
        plain.flush();
        Channels.newOutputStream(channel).write(digest.digest());
        channel.force(true);
        long size = channel.size();
        channel.close();
        refuseExisting(file, replace);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        forceName();
        return size;
    }

    /** Makes the file's name survive a power failure too, if the system supports that. */
    private void forceName() {
        try (FileChannel directory = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            return; // not every system opens directories
        }
    }

    /** Deletes an unfinished file. */
    @Override
    public void close() throws IOException {
        deflater.end();
        channel.close();
        Files.deleteIfExists(unfinished);
    }
}
