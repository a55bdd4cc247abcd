package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static io.openuptimes.testing.NodeGroup.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.config.Version;
import io.openuptimes.testing.LogCapture;
import io.openuptimes.testing.NextNode;
import io.openuptimes.testing.NextVersion;
import io.openuptimes.testing.NodeGroup;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.json.JsonObject;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node beside one that announces no format, like the versions from before formats had numbers. */
class UnnumberedNodeTest {

    @TempDir
    private Path dir;

    @Test
    void aNodeThatAnnouncesNoFormatIsListedWithFormatZeroAndWarnedOfOnce() throws Exception {
        Path compiled = NextVersion.in(Files.createDirectories(dir.resolve("before")))
                .replace("io/openuptimes/store/nodes/NodeRecord.java", ".put(\"format\", Formats.OWN.highest())", "")
                .compile();
        try (URLClassLoader classes = NextVersion.loader(compiled);
                NodeGroup group = new NodeGroup(Files.createDirectories(dir.resolve("redis")));
                LogCapture log = LogCapture.of("io.openuptimes.store.format")) {
            RunningApp ours = group.start(Map.of("OPENUPTIMES_NODE_NAME", "ours"));
            assertThat(log.lines()).isEmpty();
            try (NextNode before = NextNode.start(classes, group)) {
                eventually(() -> assertThat(before.call("GET", "/api/nodes", "").getJsonArray("nodes"))
                        .hasSize(2));
                eventually(() -> assertThat(formats(ours)).containsExactlyInAnyOrder("ours 1", "next 0"));
                // both run this code; each warns once
                eventually(() -> assertThat(log.lines()).hasSize(2));
                assertThat(log.lines())
                        .allMatch(
                                line -> line.startsWith("nodes of a version that cannot share this store with version ")
                                        && line.contains("next (version " + Version.CURRENT + "). Stop them"));
            }
            eventually(() -> assertThat(formats(ours)).containsExactly("ours 1"));
            assertThat(log.lines()).hasSize(2);
        }
    }

    private static List<String> formats(RunningApp app) throws Exception {
        return call(app, "GET", "/api/nodes", "").getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .map(node -> node.getString("name") + " " + node.getInteger("format"))
                .toList();
    }
}
