package io.openuptimes.testing;

import java.io.File;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path for a child process that runs a test program. */
public final class ChildClassPath {

    private ChildClassPath() {}

    /** The class path of this process, which some test runners keep in a class loader. */
    public static String get() {
        return ChildClassPath.class.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs())
                        .map(url -> Path.of(url.getPath()).toString())
                        .collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }
}
