package io.openuptimes.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generator's Java clients for the JDK's HTTP client and for the service's own version of Vert.x. */
class JavaClientsIT {

    @ParameterizedTest
    @ValueSource(strings = {"native", "vertx"})
    void compilesAndMakesTwentyCalls(String library) throws Exception {
        Path client = ClientTools.generate(
                "java-" + library,
                "-g",
                "java",
                "--library",
                library,
                "--additional-properties=openApiNullable=false,hideGenerationTimestamp=true,supportVertxFuture=true"
                        + ",useVertx5=true");
        ClientTools.copy("java/TwentyCalls.java", client.resolve("src/main/java"));
        ClientTools.copy("java-" + library + "/Client.java", client.resolve("src/main/java"));
        Path classes = Files.createDirectories(client.resolve("classes"));
        compile(client.resolve("src/main/java"), classes);
        try (LiveService service = LiveService.start()) {
            String classPath = classes + File.pathSeparator + ClientTools.classPath();
            String output = Programs.run(client, service.arguments(ClientTools.java(), "-cp", classPath, "TwentyCalls"))
                    .succeeded();
            assertThat(output).contains("20 calls");
        }
    }

    /** Skips the RxJava wrappers, which need more libraries. */
    private static void compile(Path sources, Path classes) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp"));
        arguments.add(ClientTools.classPath());
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".java") && !file.contains("rxjava"))
                    .forEach(arguments::add);
        }
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(code).as("exit code of javac").isZero();
    }
}
