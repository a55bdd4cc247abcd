package io.openuptimes.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The generator's Go client, which requires only the standard library. */
class GoClientIT {

    @Test
    void twentyCalls() throws Exception {
        assumeTrue(Programs.works("go", "version"), "there is no Go");
        Path client = ClientTools.generate("go", "-g", "go");
        Path module = client.resolve("go.mod");
        // the generated go.mod requires a newer version than the code needs
        Files.writeString(module, Files.readString(module).replaceAll("(?m)^go .*", "go 1.19"));
        Path program = Files.createDirectories(client.resolve("twenty"));
        ClientTools.copy("go/main.go", program);
        Programs.run(client, List.of("go", "build", "-o", "twenty-calls", "./twenty"))
                .succeeded();

        try (LiveService service = LiveService.start()) {
            assertThat(Programs.run(client, service.arguments("./twenty-calls")).succeeded())
                    .contains("20 calls");
        }
    }
}
