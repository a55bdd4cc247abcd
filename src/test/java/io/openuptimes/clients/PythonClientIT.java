package io.openuptimes.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The generator's Python client, with pydantic 2. */
class PythonClientIT {

    @Test
    void twentyTwoCalls() throws Exception {
        String python = ClientTools.python();
        Path client = ClientTools.generate("python", "-g", "python");
        ClientTools.copy("python/calls.py", client);

        try (LiveService service = LiveService.start()) {
            assertThat(Programs.run(client, service.arguments(python, "calls.py"))
                            .succeeded())
                    .contains("22 calls");
        }
    }
}
