package io.openuptimes.attack;

import com.sun.management.UnixOperatingSystemMXBean;
import io.openuptimes.testing.Curl;
import io.openuptimes.testing.Eventually;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resources held by requests in flight and by the process; they must return to their initial level afterwards. */
final class Leftovers {

    private static final long MIB = 1024 * 1024;
    /** Allowed heap growth beyond caches, which fill to their limits. */
    private static final long MOST_MORE = 64 * MIB;
    /** Allowed additional sockets: client and Redis connections come and go. */
    private static final long MOST_FILES = 16;

    private static final Pattern HELD = Pattern.compile(
            "^(openuptimes_(?:http_answers_bytes|http_bodies_held_bytes|event_streams)) (\\S+)$", Pattern.MULTILINE);

    private final Curl curl;
    private final Map<String, Double> held;
    private final long files;
    private final long heap;

    /** Takes the baseline before the requests. */
    Leftovers(Curl curl) {
        this.curl = curl;
        held = held();
        files = openFiles();
        heap = heapInUse();
    }

    /** Compares with the baseline after the requests, with their connections closed. */
    void report(AttackReport report) {
        try {
            Eventually.eventually(() -> {
                Map<String, Double> now = held();
                if (now.size() != 3 || !now.equals(held)) {
                    throw new AssertionError("held before " + held + ", now " + now);
                }
                long open = openFiles();
                if (open > files + MOST_FILES) {
                    throw new AssertionError("open files before " + files + ", now " + open);
                }
            });
        } catch (Exception | AssertionError left) {
            report.problem("left behind: " + left.getMessage());
        }
        long more = heapInUse() - heap;
        System.out.println("attack: held afterwards " + held() + ", open files " + files + " before, " + openFiles()
                + " afterwards, heap in use " + heap / MIB + " MiB before, " + more / MIB + " more afterwards");
        if (more > MOST_MORE) {
            report.problem("the heap holds " + more / MIB + " MiB more than before");
        }
    }

    private Map<String, Double> held() {
        Map<String, Double> gauges = new TreeMap<>();
        Matcher lines =
                HELD.matcher(curl.get("/metrics").key(AttackCallers.KEY).send().text());
        while (lines.find()) {
            gauges.put(lines.group(1), Double.valueOf(lines.group(2)));
        }
        return gauges;
    }

    /** Open files of this process, which is both server and client; 0 if the system does not report them. */
    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }

    private static long heapInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
