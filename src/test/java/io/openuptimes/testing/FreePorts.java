package io.openuptimes.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Free loopback ports, for tests that must know a port before listening or reuse it later. They are below the ephemeral
 * range, whose ports the system might assign to another socket before they are used.
 */
public final class FreePorts {

    private static final int LOWEST = 10_000;
    private static final int USUAL_END = 32_768;
    private static final Path GIVEN_BY_THE_SYSTEM = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private static final Random RANDOM = new Random();
    private static final Set<Integer> TAKEN = new HashSet<>();

    private FreePorts() {}

    /** Distinct free ports. */
    public static int[] some(int count) throws IOException {
        int[] ports = new int[count];
        for (int i = 0; i < count; i++) {
            ports[i] = one();
        }
        return ports;
    }

    public static synchronized int one() throws IOException {
        int end = end();
        while (true) {
            int port = LOWEST + RANDOM.nextInt(end - LOWEST);
            if (!TAKEN.contains(port) && isFree(port)) {
                TAKEN.add(port);
                return port;
            }
        }
    }

    private static int end() throws IOException {
        if (!Files.isReadable(GIVEN_BY_THE_SYSTEM)) {
            return USUAL_END;
        }
        int first =
                Integer.parseInt(Files.readString(GIVEN_BY_THE_SYSTEM).strip().split("\\s+", -1)[0]);
        return first > 2 * LOWEST ? first : USUAL_END;
    }

    private static boolean isFree(int port) {
        try (ServerSocket tried = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return tried.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
