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
 * Files and directories that only their owner can access. Without POSIX permissions in the file system, they are
 * ordinary ones.
 */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    /** Permissions that let others list or change a directory's content. */
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("---rw-rw-");

    /** A directory, its content, and the content of its subdirectories. */
    private static final int DEPTH = 3;

    private PrivateFiles() {}

    /** Returns whether the file system supports POSIX permissions. */
    public static boolean areSupportedIn(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Attributes for creating a private file. */
    public static FileAttribute<?>[] attributes(Path file) {
        return areSupportedIn(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
                : new FileAttribute<?>[0];
    }

    /** Creates a directory and missing parents; leaves an existing directory unchanged. */
    public static Path createDirectories(Path dir) throws IOException {
        if (Files.isDirectory(dir)) {
            return dir;
        }
        return areSupportedIn(dir)
                ? Files.createDirectories(dir, PosixFilePermissions.asFileAttribute(DIRECTORY))
                : Files.createDirectories(dir);
    }

    /** Creates an empty file, or keeps an existing one and makes it private. */
    public static void create(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file));
        } catch (FileAlreadyExistsException e) {
            tighten(file);
        }
    }

    /** Writes a complete file; readers see either the old or the new content. */
    public static void write(Path file, String content) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(written);
        create(written);
        Files.writeString(written, content);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes a file executable for its owner. */
    public static void makeExecutable(Path file) throws IOException {
        if (areSupportedIn(file)) {
            Files.setPosixFilePermissions(file, DIRECTORY);
        }
    }

    /** Removes other users' permissions from a file, or from a directory and its content. */
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

    /** Returns whether other users can list or change a directory's content. */
    public static boolean isOpenToOthers(Path dir) throws IOException {
        return areSupportedIn(dir)
                && Files.getPosixFilePermissions(dir).stream().anyMatch(OPEN::contains);
    }
}
