package io.openuptimes.runtime;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files and directories that only their owner can open. On file systems without POSIX permissions they are ordinary
 * ones.
 */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    /** Rights by which others see or change what is in a directory. */
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("---rw-rw-");

    /** A directory, what is in it, and what is in that. */
    private static final int DEPTH = 3;

    private PrivateFiles() {}

    /** Whether files there have POSIX permissions. */
    public static boolean areSupportedIn(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Attributes with which a file is created private. */
    public static FileAttribute<?>[] attributes(Path file) {
        return areSupportedIn(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
                : new FileAttribute<?>[0];
    }

    /** Makes a directory, and those above it, if it is not there; one that is there stays as it is. */
    public static Path createDirectories(Path dir) throws IOException {
        if (Files.isDirectory(dir)) {
            return dir;
        }
        return areSupportedIn(dir)
                ? Files.createDirectories(dir, PosixFilePermissions.asFileAttribute(DIRECTORY))
                : Files.createDirectories(dir);
    }

    /** Makes an empty file; one that is there is kept, and becomes private. */
    public static void create(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file));
        } catch (FileAlreadyExistsException e) {
            tighten(file);
        }
    }

    /** Writes a whole file, in one step for readers. */
    public static void write(Path file, String content) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(written);
        create(written);
        Files.writeString(written, content);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Lets the owner run a file. */
    public static void makeExecutable(Path file) throws IOException {
        if (areSupportedIn(file)) {
            Files.setPosixFilePermissions(file, DIRECTORY);
        }
    }

    /** Takes everybody else's rights to a file, or to a directory and what is in it. */
    public static void tighten(Path path) throws IOException {
        if (!areSupportedIn(path)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(path, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            all = files.toList();
        }
        for (Path file : all) {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
            Set<PosixFilePermission> own = EnumSet.noneOf(PosixFilePermission.class);
            own.addAll(rights);
            own.retainAll(DIRECTORY);
            if (!own.equals(rights)) {
                Files.setPosixFilePermissions(file, own);
            }
        }
    }

    /** Whether others than the owner can see or change what is in a directory. */
    public static boolean isOpenToOthers(Path dir) throws IOException {
        return areSupportedIn(dir)
                && Files.getPosixFilePermissions(dir).stream().anyMatch(OPEN::contains);
    }
}
