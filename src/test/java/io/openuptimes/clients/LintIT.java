package io.openuptimes.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Linters report no problems in the OpenAPI document. */
class LintIT {

    @Test
    void swaggerParserHasNoMessage() throws Exception {
        String output = ClientTools.generator("validate", "-i", ClientTools.DOCUMENT.toString())
                .succeeded();
        assertThat(output).contains("No validation issues detected.").doesNotContain("Warnings:");
    }

    @Test
    void redoclyFindsNothing() throws Exception {
        String redocly = ClientTools.npmProgram("redocly");
        String output = Programs.run(
                        ClientTools.npm(),
                        List.of(redocly, "lint", ClientTools.DOCUMENT.toString(), "--extends=recommended"))
                .succeeded();
        assertThat(output).contains("is valid").doesNotContain("You have ");
    }

    @Test
    void spectralFindsNothing() throws Exception {
        String spectral = ClientTools.npmProgram("spectral");
        ClientTools.copy("spectral.yaml", ClientTools.npm());
        Programs.run(
                        ClientTools.npm(),
                        List.of(
                                spectral,
                                "lint",
                                ClientTools.DOCUMENT.toString(),
                                "--ruleset=spectral.yaml",
                                "--fail-severity=hint"))
                .succeeded();
    }
}
