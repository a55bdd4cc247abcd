package io.openuptimes.store.embedded;

import io.openuptimes.runtime.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of the embedded Redis, locked by one process at a time. The operating system releases the lock when its
 * holder dies; the next holder stops a server that outlived it.
 */
final class DataDirectory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
    private static final long ORPHAN_TIMEOUT_S = 10;
    /** Files created there by the service and its servers. */
    private static final String OURS = "{lock,owner,bin,redis.*,secret.key*,appendonly*,temp-*,dump.rdb}";

    private final Path dir;
    private final FileChannel lockFile;

    private DataDirectory(Path dir, FileChannel lockFile) {
        this.dir = dir;
        this.lockFile = lockFile;
    }

    /**
     * @throws DirectoryInUseException if another process has locked it
     * @throws IOException if it cannot be used; the message says why
     */
    static DataDirectory open(Path dir) throws IOException {
        FileChannel channel = null;
        try {
            PrivateFiles.createDirectories(dir);
            channel = FileChannel.open(
                    dir.resolve("lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PrivateFiles.attributes(dir));
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new DirectoryInUseException("The data directory " + dir + " is in use by " + holder(dir)
                        + ". Stop that one, or set OPENUPTIMES_DATA_DIR to another directory.");
            }
            keepToItself(dir);
            PrivateFiles.write(
                    dir.resolve("owner"), String.valueOf(ProcessHandle.current().pid()));
            return new DataDirectory(dir, channel);
        } catch (FileSystemException e) {
            if (channel != null) {
                channel.close();
            }
            throw new IOException(
                    "The data directory " + dir + " cannot be used: "
                            + e.getClass().getSimpleName() + " " + e.getMessage()
                            + ". Set OPENUPTIMES_DATA_DIR to a directory that can be written.",
                    e);
        }
    }

    /**
     * Makes the files private, including those of earlier versions, because they contain services' headers and bodies.
     * The directory itself is not changed, because it may be shared on purpose.
     */
    private static void keepToItself(Path dir) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, OURS)) {
            for (Path file : files) {
                try {
                    PrivateFiles.tighten(file);
                } catch (IOException e) {
                    log.warn("cannot make {} private: {}. Its owner can, by chmod 600", file, e.toString());
                }
            }
        }
        if (PrivateFiles.isOpenToOthers(dir)) {
            log.warn(
                    "other users can look into the data directory {} ({}), but not into its files. Prevent that with chmod 700",
                    dir,
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(dir)));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // locked by this process
        }
    }

    private static String holder(Path dir) {
        try {
            return "process " + Files.readString(dir.resolve("owner")).strip();
        } catch (IOException e) {
            return "another process";
        }
    }

    Path path() {
        return dir;
    }

    Path pidFile() {
        return dir.resolve("redis.pid");
    }

    /** Stops a server left behind by a previous owner; it would write to the same files. */
    void endOrphan() throws IOException {
        Optional<ProcessHandle> orphan = orphan();
        if (orphan.isEmpty()) {
            return;
        }
        log.warn(
                "stopping the embedded Redis that an earlier run left behind, process {}",
                orphan.get().pid());
        orphan.get().destroy();
        try {
            orphan.get().onExit().get(ORPHAN_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            orphan.get().destroyForcibly();
            orphan.get()
                    .onExit()
                    .completeOnTimeout(orphan.get(), ORPHAN_TIMEOUT_S, TimeUnit.SECONDS)
                    .join();
        } catch (ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The process named in the pid file, if it runs a server of this directory. */
    private Optional<ProcessHandle> orphan() {
        try {
            long pid = Long.parseLong(Files.readString(pidFile()).strip());
            return ProcessHandle.of(pid).filter(process -> isOurs(process.info()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A bundled server runs from this directory; an installed one has its configuration file here as an argument. */
    private boolean isOurs(ProcessHandle.Info process) {
        String configuration = dir.resolve(ServerConfiguration.FILE).toString();
        return process.command().filter(this::isInside).isPresent()
                || process.arguments()
                        .filter(given -> List.of(given).contains(configuration))
                        .isPresent();
    }

    private boolean isInside(String command) {
        try {
            return Path.of(command).startsWith(dir.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            log.debug("cannot close the lock file", e);
        }
    }
}
