package io.openuptimes.testing;

import io.openuptimes.check.type.CheckType;
import io.openuptimes.model.SpecType;
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
import java.util.stream.Stream;
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
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path TEST_CLASSES = Path.of("target/test-classes");
    private static final String OURS = "io.openuptimes.";

    private final Path directory;
    private final Map<String, String> edited = new LinkedHashMap<>();
    private final Map<String, String> resources = new LinkedHashMap<>();

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

    /** Like {@link #withRunbook(Path)}, with a field that needs this format of the stored data. */
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
                        "DESCRIPTION, GROUP, TIMEOUT",
                        "DESCRIPTION, GROUP, RUNBOOK, TIMEOUT")
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

    /** Documents and names the field of {@link #withRunbook}. */
    public NextVersion withTextsOfRunbook() {
        String document = "openapi.yaml";
        String group = "        group: {type: [string, 'null'], maxLength: 100";
        String runbook = "        runbook: {type: [string, 'null'], maxLength: 2000";
        String text = "  'services.field.group': ";
        return replaceResource(document, group + ", default", runbook + ", default: ''}\n" + group + ", default")
                .replaceResource(document, group + "}", runbook + "}\n" + group + "}")
                .replaceResource(
                        document,
                        "        group: {type: string}\n        expectedStatus",
                        "        group: {type: string}\n        runbook: {type: string}\n        expectedStatus")
                .replaceResource(
                        document, "description, group, expectedStatus", "description, group, runbook, expectedStatus")
                .replaceResource("webroot/assets/texts/en.js", text, "  'services.field.runbook': 'Runbook',\n" + text)
                .replaceResource("webroot/assets/texts/de.js", text, "  'services.field.runbook': 'Runbook',\n" + text);
    }

    /**
     * Edits a source.
     *
     * @param source path below the source directory
     * @param before occurs exactly once
     * @param after replaces it
     */
    public NextVersion replace(String source, String before, String after) {
        edit(edited, SOURCES, source, before, after);
        return this;
    }

    /** Edits a resource, like {@link #replace}. */
    private NextVersion replaceResource(String resource, String before, String after) {
        edit(resources, RESOURCES, resource, before, after);
        return this;
    }

    private static void edit(Map<String, String> edited, Path root, String file, String before, String after) {
        String text = edited.computeIfAbsent(file, name -> read(root.resolve(name)));
        int at = text.indexOf(before);
        if (at < 0 || text.indexOf(before, at + 1) >= 0) {
            throw new IllegalArgumentException(file + " does not have exactly once: " + before);
        }
        edited.put(file, text.replace(before, after));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The edited sources and resources. */
    public List<String> files() {
        return Stream.concat(edited.keySet().stream(), resources.keySet().stream())
                .toList();
    }

    /**
     * Compiles the edited sources, and writes the edited resources.
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
        for (Map.Entry<String, String> resource : resources.entrySet()) {
            Path file = classes.resolve(resource.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, resource.getValue());
        }
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
     * A version with an additional check type.
     *
     * @param directory gets the line that registers it
     * @param type a class of the tests
     */
    public static URLClassLoader withType(Path directory, Class<? extends CheckType<?>> type) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(SpecType.class.getName()), type.getName() + "\n");
        return loader(directory);
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
            public URL getResource(String name) {
                URL own = findResource(name);
                return own != null ? own : super.getResource(name);
            }

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
