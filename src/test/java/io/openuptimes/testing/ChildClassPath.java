package io.openuptimes.testing;

import java.io.File;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path for a process that runs a program of the tests. */
public final class ChildClassPath {

    private ChildClassPath() {}

    /** That of this process; some runners of tests keep it in a class loader. */
    public static String get() {
        return ChildClassPath.class.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs())
                        .map(url -> Path.of(url.getPath()).toString())
                        .collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }
}
