package io.openuptimes.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strict TypeScript: the generator's client, and openapi-fetch with types from openapi-typescript. */
class TypeScriptClientsIT {

    @Test
    void twentyCallsOfTheGeneratedClient() throws Exception {
        assumeTrue(Programs.works("node", "--version"), "there is no Node.js");
        ClientTools.npm();
        Path client = ClientTools.generate("typescript-fetch", "-g", "typescript-fetch");
        compilesAndMakesTwentyCalls(client, "fetch");
    }

    @Test
    void twentyCallsOverTheTypesOfTheDocument() throws Exception {
        assumeTrue(Programs.works("node", "--version"), "there is no Node.js");
        String generator = ClientTools.npmProgram("openapi-typescript");
        Path types = Files.createTempDirectory(ClientTools.npm(), "types");
        // otherwise request fields with a default become required
        String optional = "--default-non-nullable=false";
        Programs.run(types, List.of(generator, ClientTools.DOCUMENT.toString(), optional, "-o", "api.ts"))
                .succeeded();
        compilesAndMakesTwentyCalls(types, "types");
    }

    private static void compilesAndMakesTwentyCalls(Path client, String program) throws Exception {
        ClientTools.copy("typescript/" + program + ".ts", client);
        ClientTools.copy("typescript/tsconfig.json", client);
        ClientTools.copy("typescript/package.json", client);
        Programs.run(client, List.of(ClientTools.npmProgram("tsc"), "-p", ".")).succeeded();
        try (LiveService service = LiveService.start()) {
            assertThat(Programs.run(client, service.arguments("node", "built/" + program + ".js"))
                            .succeeded())
                    .contains("20 calls");
        }
    }
}
