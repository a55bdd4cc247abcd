package io.openuptimes.web.pages;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads files from the class path: from this jar, library jars, or build directories. */
final class ClassPathFiles {

    private static final ClassLoader LOADER = ClassPathFiles.class.getClassLoader();

    private ClassPathFiles() {}

    static byte[] read(String resource) throws IOException {
        try (InputStream in = LOADER.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            return in.readAllBytes();
        }
    }

    /** The directory of a WebJar's files, with a trailing slash. */
    static String webJar(String group, String artifact) throws IOException {
        Properties properties = new Properties();
        try (InputStream in =
                LOADER.getResourceAsStream("META-INF/maven/" + group + "/" + artifact + "/pom.properties")) {
            if (in == null) {
                throw new FileNotFoundException("the WebJar " + artifact);
            }
            properties.load(in);
        }
        return "META-INF/resources/webjars/" + artifact + "/" + properties.getProperty("version") + "/";
    }

    /**
     * All files below a directory, sorted by their path in it.
     *
     * @param directory without a trailing slash
     * @param marker name of a file in the directory, used to locate it
     */
    static SortedMap<String, byte[]> readAll(String directory, String marker) throws IOException {
        URL found = LOADER.getResource(directory + "/" + marker);
        if (found == null) {
            throw new FileNotFoundException(directory + "/" + marker);
        }
        URI uri;
        try {
            uri = found.toURI();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        if (!uri.getScheme().equals("jar")) {
            return readAll(Objects.requireNonNull(Path.of(uri).getParent()));
        }
        String jar = uri.getSchemeSpecificPart();
        try (FileSystem files =
                FileSystems.newFileSystem(Path.of(URI.create(jar.substring(0, jar.indexOf('!')))), Map.of())) {
            return readAll(files.getPath("/" + directory));
        }
    }

    private static SortedMap<String, byte[]> readAll(Path root) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.filter(Files::isRegularFile).toList();
        }
        for (Path path : paths) {
            contents.put(root.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
        }
        return contents;
    }
}
