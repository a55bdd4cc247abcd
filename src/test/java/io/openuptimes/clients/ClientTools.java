package io.openuptimes.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openuptimes.testing.ChildClassPath;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tools that generate, compile and check clients, installed by Maven, npm and pip in {@code target/clients}. */
final class ClientTools {

    static final Path DOCUMENT = Path.of("src/main/resources/openapi.yaml").toAbsolutePath();

    private static final Path TOOLS =
            Path.of(System.getProperty("clients.tools", "target/clients/tools")).toAbsolutePath();
    private static final Path NPM = TOOLS.resolve("npm");
    private static final Path PYTHON = TOOLS.resolve("python");

    private ClientTools() {}

    private static Path generator() {
        Path jar = TOOLS.resolve("openapi-generator-cli.jar");
        assumeTrue(Files.exists(jar), "Maven has not put openapi-generator-cli.jar to " + jar);
        return jar;
    }

    /** Runs the generator's command line. */
    static Programs.Result generator(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(java(), "-XX:TieredStopAtLevel=1", "-jar", generator().toString()));
        command.addAll(List.of(arguments));
        return Programs.run(TOOLS, command);
    }

    /** Generates a client into an empty directory and returns it. */
    static Path generate(String name, String... arguments) throws Exception {
        Path client = Files.createTempDirectory(Files.createDirectories(TOOLS.resolveSibling("generated")), name);
        List<String> all = new ArrayList<>(
                List.of("generate", "-i", DOCUMENT.toString(), "-o", client.toString(), "--global-property"));
        all.add("apiTests=false,modelTests=false,apiDocs=false,modelDocs=false");
        all.addAll(List.of(arguments));
        generator(all.toArray(String[]::new)).succeeded();
        return client;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The libraries required by generated Java clients: their own, and those of the tests. */
    static String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(TOOLS.resolve("libraries"))) {
            return Stream.concat(jars.map(Path::toString).sorted(), Stream.of(ChildClassPath.get()))
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    /** Directory of the npm packages in {@code clients/package.json}, installed once. */
    static Path npm() throws Exception {
        assumeTrue(Programs.works("npm", "--version"), "there is no npm");
        once(NPM, ClientTools::installNpmPackages);
        return NPM;
    }

    private static void installNpmPackages() throws Exception {
        if (Files.notExists(NPM.resolve("node_modules/.installed"))) {
            copy("package.json", NPM);
            copy("package-lock.json", NPM);
            Programs.Result installed = Programs.run(NPM, List.of("npm", "ci", "--ignore-scripts", "--no-audit"));
            assumeTrue(installed.code() == 0, "npm cannot install its packages: " + installed.output());
            Files.createFile(NPM.resolve("node_modules/.installed"));
        }
    }

    private interface Installation {
        void run() throws Exception;
    }

    /** Runs exclusively among test classes, which may be in other processes. */
    private static void once(Path directory, Installation installation) throws Exception {
        Files.createDirectories(directory);
        try (FileChannel file = FileChannel.open(
                        directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = file.lock()) {
            installation.run();
        }
    }

    static String npmProgram(String name) throws Exception {
        return npm().resolve("node_modules/.bin/" + name).toString();
    }

    /** Python of a virtual environment with the packages of {@code clients/python/requirements.txt}, created once. */
    static String python() throws Exception {
        Path python = PYTHON.resolve("bin/python");
        if (Files.notExists(PYTHON.resolve(".installed"))) {
            String program = System.getProperty("clients.python", "python3");
            assumeTrue(
                    Programs.works(program, "-c", "import sys; assert sys.version_info >= (3, 10)"),
                    "" + program + " is not Python 3.10 or newer");
            Programs.Result made =
                    Programs.run(Path.of("."), List.of(program, "-m", "venv", "--clear", PYTHON.toString()));
            assumeTrue(made.code() == 0, "Python cannot make a virtual environment: " + made.output());
            copy("python/requirements.txt", PYTHON);
            Programs.Result installed = Programs.run(
                    PYTHON,
                    List.of(
                            python.toString(),
                            "-m",
                            "pip",
                            "install",
                            "--no-input",
                            "--no-compile",
                            "--only-binary=:all:",
                            "--requirement=requirements.txt"));
            assumeTrue(installed.code() == 0, "pip cannot install its packages: " + installed.output());
            Files.createFile(PYTHON.resolve(".installed"));
        }
        return python.toString();
    }

    /** Copies a resource from {@code clients} to a directory. */
    static void copy(String resource, Path directory) throws IOException {
        try (InputStream in = ClientTools.class.getResourceAsStream("/clients/" + resource)) {
            Files.write(
                    directory.resolve(Path.of(resource).getFileName()),
                    Objects.requireNonNull(in, resource).readAllBytes());
        }
    }
}
