package io.openuptimes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.NetworkNamespace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The node's line is cut for real, in a network namespace. */
@Timeout(180)
class CutLineTest {

    @Test
    void aServiceBeyondACutLineIsUnknownAndHasNeverBeenDownOnceItIsBack() throws Exception {
        List<String> printed = NetworkNamespace.run(CutLineChild.ADDRESSES, CutLineChild.class);

        assertThat(printed)
                .as(String.join("\n", printed))
                .contains(
                        "cut: ready 200",
                        "back: since as before true",
                        "down in history 0",
                        "changes from or to down 0",
                        "uptime 1.0");
    }
}
