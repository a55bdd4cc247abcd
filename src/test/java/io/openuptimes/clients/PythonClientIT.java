package io.openuptimes.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The generator's Python client for pydantic 1. */
class PythonClientIT {

    private static final String PYTHON = System.getProperty("clients.python", "/usr/bin/python3");

    @Test
    void twentyCalls() throws Exception {
        assumeTrue(
                Programs.works(PYTHON, "-c", "import pydantic, urllib3, dateutil; assert pydantic.VERSION < '2'"),
                "skipped: " + PYTHON + " does not have pydantic 1, urllib3 and dateutil");
        Path client = ClientTools.generate("python", "-g", "python-pydantic-v1");
        ClientTools.copy("python/twenty_calls.py", client);

        try (LiveService service = LiveService.start()) {
            assertThat(Programs.run(client, service.arguments(PYTHON, "twenty_calls.py"))
                            .succeeded())
                    .contains("20 calls");
        }
    }
}
