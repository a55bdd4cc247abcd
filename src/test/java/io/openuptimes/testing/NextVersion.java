package io.openuptimes.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A next version of this program: copies of some sources with edits, compiled into a directory that precedes the
 * classes of this version on a class path. Sources that are not edited need no compilation as long as they call no
 * constructor or method that the edits change.
 */
public final class NextVersion {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path TEST_CLASSES = Path.of("target/test-classes");
    private static final String OURS = "io.openuptimes.";

    private final Path directory;
    private final Map<String, String> edited = new LinkedHashMap<>();

    private NextVersion(Path directory) {
        this.directory = directory;
    }

    /**
     * A version without edits.
     *
     * @param directory empty; gets the sources and classes
     */
    public static NextVersion in(Path directory) {
        return new NextVersion(directory);
    }

    /** A version with an additional plain text field, {@code runbook}. */
    public static NextVersion withRunbook(Path directory) {
        return withRunbook(directory, 1);
    }

    /** The same; the field needs a format of the stored data. */
    public static NextVersion withRunbook(Path directory, int format) {
        return in(directory)
                .replace(
                        "io/openuptimes/model/CommonFields.java",
                        "    public static final Field<Service, String> GROUP",
                        """
                            public static final Field<Service, String> RUNBOOK =
                                    Field.<Service>text("runbook", 2_000).needsFormat(%d).of(Service::runbook);

                            public static final Field<Service, String> GROUP""".formatted(format))
                .replace(
                        "io/openuptimes/model/CommonFields.java",
                        "            GROUP,\n",
                        "            GROUP,\n RUNBOOK,\n")
                .replace(
                        "io/openuptimes/model/Service.java",
                        "        String group,\n",
                        "        String group,\n String runbook,\n")
                .replace(
                        "io/openuptimes/model/Service.java",
                        "                values.get(CommonFields.GROUP),\n",
                        "                values.get(CommonFields.GROUP),\n values.get(CommonFields.RUNBOOK),\n");
    }

    /** Reads formats up to this one, too. */
    public NextVersion readingFormat(int highest) {
        return replace(
                "io/openuptimes/store/format/Formats.java",
                "new Formats(UNNUMBERED, FIRST)",
                "new Formats(UNNUMBERED, " + highest + ")");
    }

    /**
     * Edits a source.
     *
     * @param source path below the source directory
     * @param before occurs exactly once
     * @param after replaces it
     */
    public NextVersion replace(String source, String before, String after) {
        String text = edited.computeIfAbsent(source, NextVersion::read);
        int at = text.indexOf(before);
        if (at < 0 || text.indexOf(before, at + 1) >= 0) {
            throw new IllegalArgumentException(source + " does not have exactly once: " + before);
        }
        edited.put(source, text.replace(before, after));
        return this;
    }

    private static String read(String source) {
        try {
            return Files.readString(SOURCES.resolve(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The edited sources. */
    public List<String> sources() {
        return List.copyOf(edited.keySet());
    }

    /**
     * Compiles the edited sources.
     *
     * @return the directory to put first on a class path
     * @throws IllegalStateException with the compiler's messages if they do not compile
     */
    public Path compile() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : edited.entrySet()) {
            Path file = directory.resolve("sources").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        Path classes = Files.createDirectories(directory.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-parameters",
                    "-nowarn",
                    "-d",
                    classes.toString(),
                    "-cp",
                    CLASSES + System.getProperty("path.separator") + ChildClassPath.get());
            boolean done = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!done) {
                throw new IllegalStateException(messages.toString());
            }
        }
        return classes;
    }

    /**
     * Loads this program's classes anew, the edited ones from the given directory; all other classes are shared, so
     * that values of the JDK's types can be passed.
     *
     * @param compiled the result of {@link #compile}
     */
    public static URLClassLoader loader(Path compiled) throws MalformedURLException {
        URL[] urls = {
            compiled.toUri().toURL(),
            CLASSES.toUri().toURL(),
            TEST_CLASSES.toUri().toURL()
        };
        return new URLClassLoader(urls, NextVersion.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.startsWith(OURS)) {
                    return super.loadClass(name, resolve);
                }
                synchronized (getClassLoadingLock(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded != null ? loaded : findClass(name);
                }
            }
        };
    }
}
