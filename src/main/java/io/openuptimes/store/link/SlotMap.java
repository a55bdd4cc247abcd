package io.openuptimes.store.link;

import io.openuptimes.runtime.HostPort;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.RequestImpl;
import io.vertx.redis.client.impl.ZModem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps the hash slots of a cluster to masters. */
final class SlotMap {

    static final int SLOTS = 16_384;

    private static final Map<Command, Integer> FIRST_KEY = Map.of(Command.EVALSHA, 2);

    private final @Nullable String[] owners;
    private final Set<String> masters = new HashSet<>();
    private final Map<String, Integer> replicas;

    private SlotMap(@Nullable String[] owners, Map<String, Integer> replicas) {
        this.owners = owners;
        this.replicas = replicas;
        for (String owner : owners) {
            if (owner != null) {
                masters.add(owner);
            }
        }
    }

    /** Address of a slot's master; null if the slot has none. */
    @Nullable
    String owner(int slot) {
        return owners[slot];
    }

    /** Number of a master's available replicas. */
    int replicas(String master) {
        return replicas.getOrDefault(master, 0);
    }

    /** Addresses of the masters that have slots. */
    Set<String> masters() {
        return masters;
    }

    static SlotMap empty() {
        return new SlotMap(new String[SLOTS], Map.of());
    }

    /**
     * Parses the answer to {@code CLUSTER SLOTS}.
     *
     * @param askedHost the host that was asked; stands in for a server that does not know its own
     */
    static SlotMap of(Response ranges, String askedHost) {
        @Nullable String[] owners = new String[SLOTS];
        Map<String, Integer> replicas = new HashMap<>();
        for (Response range : ranges) {
            String host = String.valueOf(range.get(2).get(0));
            String owner = HostPort.of(
                    host.isEmpty() || host.equals("null") || host.equals("?") ? askedHost : host,
                    range.get(2).get(1).toInteger());
            Arrays.fill(owners, range.get(0).toInteger(), range.get(1).toInteger() + 1, owner);
            replicas.put(owner, range.size() - 3);
        }
        return new SlotMap(owners, replicas);
    }

    boolean isComplete() {
        return Arrays.stream(owners).noneMatch(owner -> owner == null);
    }

    /** The slot of a key. */
    static int ofKey(String key) {
        return ZModem.generate(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The slot of a command's first key; -1 if it has no key. */
    static int of(Request command) {
        List<byte[]> args = ((RequestImpl) command).getArgs();
        if (Command.XREAD.equals(command.command())) {
            return ZModem.generate(args.get(args.size() - 2)); // the key precedes the stream id
        }
        int first = FIRST_KEY.getOrDefault(command.command(), 0);
        boolean keyless = args.size() <= first || Command.PING.equals(command.command());
        return keyless ? -1 : ZModem.generate(args.get(first));
    }
}
