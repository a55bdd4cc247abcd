package io.openuptimes.store.services;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.bus.Authority;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.JoinNodes;
import io.openuptimes.bus.SecretMessage;
import io.openuptimes.bus.SecretMessage.RotateSecrets;
import io.openuptimes.bus.SecretMessage.SecretsRotated;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.config.Settings;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.store.StoreTestBase;
import io.openuptimes.store.StoreVerticle;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.secrets.NodeKeys;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The caller must have the right to rotate the key until the end. */
class SecretRotationTest extends StoreTestBase {

    private static final String OLD = "an old passphrase of some length";
    private static final String NEW = "0123456789abcdef".repeat(4);
    private static final int SERVICES = 20;

    private NodeKeys keys;
    private String deployment;

    @Override
    protected void deployStore() throws Exception {
        keys = keys == null ? NodeKeys.of(OLD, List.of(), null) : NodeKeys.of(NEW, List.of(OLD), null);
        deployment = await(vertx.deployVerticle(new StoreVerticle(
                new Settings.Store(10_000, 50),
                new Settings.Node("node", null),
                options,
                false,
                keys,
                Clock.systemUTC(),
                new SimpleMeterRegistry())));
        eventually(() -> ask(StoreMessage.LOAD_ALL, new LoadAll()));
    }

    /**
     * Creates services with a secret and gives this node the new key.
     *
     * @return the number of them in the first partition to be rotated
     */
    private int servicesUnderTheOldKey() throws Exception {
        TreeMap<Integer, Integer> byPartition = new TreeMap<>();
        for (int i = 0; i < SERVICES; i++) {
            Map<String, Object> fields =
                    Map.of("name", "s" + i, "url", "http://localhost/", "headers", Map.of("Authorization", "a secret"));
            String id = ask(StoreMessage.CREATE_SERVICE, new CreateService(fields))
                    .service()
                    .id();
            byPartition.merge(Keys.partition(id), 1, Integer::sum);
        }
        await(vertx.undeploy(deployment));
        deployStore();
        ask(NodeMessage.JOIN_NODES, new JoinNodes());
        return byPartition.firstEntry().getValue();
    }

    /** Valid for this many checks. */
    private static Authority holds(int times) {
        AtomicInteger left = new AtomicInteger(times);
        return new Authority(
                LabelSelector.ALL,
                () -> left.getAndDecrement() > 0
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Refused(Failures.UNAUTHORIZED, "it has ended")));
    }

    private void refused(int looks) {
        assertThatThrownBy(() -> ask(SecretMessage.ROTATE_SECRETS, new RotateSecrets(holds(looks))))
                .hasStackTraceContaining("it has ended");
    }

    private String installationKey() {
        Redis redis = Redis.createClient(vertx, options);
        return await(redis.send(Request.cmd(Command.GET).arg(Keys.SECRETS))).toString();
    }

    @Test
    void aRightThatHasEndedChangesNoKeyAndNoService() throws Exception {
        servicesUnderTheOldKey();
        String before = installationKey();

        refused(0);
        refused(1);

        assertThat(installationKey()).isEqualTo(before);
        SecretsRotated rotated = ask(SecretMessage.ROTATE_SECRETS, new RotateSecrets(Authority.FULL));
        assertThat(rotated.rewritten()).isEqualTo(SERVICES);
    }

    @Test
    void aRightThatEndsMeanwhileEndsTheRotationAndTheNextOneGoesOn() throws Exception {
        int first = servicesUnderTheOldKey();
        int ofKeyAndFirstPartition = 3;

        refused(ofKeyAndFirstPartition);

        SecretsRotated rotated = ask(SecretMessage.ROTATE_SECRETS, new RotateSecrets(Authority.FULL));
        assertThat(rotated.rewritten()).isEqualTo(SERVICES - first);
        assertThat(rotated.remaining()).isZero();
    }

    /** Another node may not have the key. */
    @Test
    void nothingIsChangedBeforeThisNodeHasHeardOfTheOthers() throws Exception {
        await(vertx.undeploy(deployment));
        deployStore();
        String before = installationKey();
        Future<SecretsRotated> rotated = bus.request(SecretMessage.ROTATE_SECRETS, new RotateSecrets(Authority.FULL));
        for (int i = 0; i < 50; i++) {
            ask(StoreMessage.LOAD_ALL, new LoadAll());
        }
        assertThat(installationKey()).isEqualTo(before);
        assertThat(rotated.isComplete()).isFalse();

        ask(NodeMessage.JOIN_NODES, new JoinNodes());
        await(rotated);
        assertThat(installationKey()).isNotEqualTo(before);
    }
}
