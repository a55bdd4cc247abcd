package io.openuptimes.testing;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A Redis container from the image in the property {@code redis.image}. */
public final class RedisContainer implements AutoCloseable {

    private static final int PORT = 6379;

    private final GenericContainer<?> container;

    private RedisContainer(GenericContainer<?> container) {
        this.container = container;
    }

    /** Starts one; skips the test without a Docker engine. */
    public static RedisContainer start() {
        Assumptions.assumeTrue(DockerEngine.answers(), "no Docker engine answers");
        GenericContainer<?> container = new GenericContainer<>(
                        DockerImageName.parse(System.getProperty("redis.image", "redis:7.0-bookworm")))
                .withCommand("redis-server", "--requirepass", "secret", "--databases", "100")
                .withExposedPorts(PORT);
        container.start();
        return new RedisContainer(container);
    }

    public String url() {
        return "redis://:secret@" + container.getHost() + ":" + container.getMappedPort(PORT);
    }

    @Override
    public void close() {
        container.stop();
    }
}
