package io.openuptimes.store.services;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.NodeMessage.Nodes;
import io.openuptimes.bus.SecretMessage;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.openuptimes.store.secrets.InstallationKey;
import io.openuptimes.store.secrets.NodeKeys;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.function.Supplier;

/** Rotation of the key that encrypts services' secrets. */
public final class SecretsFeature implements Feature {

    private final Bus bus;
    private final SecretRotation rotation;

    /**
     * @param workers decode services
     * @param nodes that share this Redis; none if this node is alone
     */
    public SecretsFeature(
            StoreContext store,
            NodeKeys keys,
            InstallationKey installation,
            ServiceCodec codec,
            WorkerExecutor workers,
            Supplier<Nodes> nodes) {
        this.bus = store.bus();
        this.rotation = new SecretRotation(store.vertx(), store.link(), keys, installation, codec, workers, nodes);
    }

    @Override
    public Future<?> serve() {
        return bus.serve(SecretMessage.ROTATE_SECRETS, message -> rotation.rotate(message.by()));
    }
}
