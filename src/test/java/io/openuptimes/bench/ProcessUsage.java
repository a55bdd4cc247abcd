package io.openuptimes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The resources used by a process so far, from Linux's {@code /proc}.
 *
 * @param cpuSeconds user and system time of all threads
 * @param residentMiB resident memory (RSS)
 * @param proportionalMiB resident memory with shared pages counted proportionally (PSS)
 */
record ProcessUsage(double cpuSeconds, double residentMiB, double proportionalMiB) {

    private static final double TICKS_A_SECOND = 100;

    static ProcessUsage of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        double ticks = Double.parseDouble(fields.get(11)) + Double.parseDouble(fields.get(12));
        return new ProcessUsage(ticks / TICKS_A_SECOND, mib(pid, "status", "VmRSS:"), mib(pid, "smaps_rollup", "Pss:"));
    }

    private static double mib(long pid, String file, String line) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/" + file)).stream()
                        .filter(candidate -> candidate.startsWith(line))
                        .mapToDouble(found -> Double.parseDouble(found.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024;
    }

    ProcessUsage since(ProcessUsage before) {
        return new ProcessUsage(cpuSeconds - before.cpuSeconds, residentMiB, proportionalMiB);
    }

    ProcessUsage and(ProcessUsage other) {
        return new ProcessUsage(
                cpuSeconds + other.cpuSeconds,
                residentMiB + other.residentMiB,
                proportionalMiB + other.proportionalMiB);
    }

    double per1000Checks(double checks) {
        return cpuSeconds / checks * 1000;
    }

    String per1000(double checks) {
        return String.format(Locale.ROOT, "%.3f", per1000Checks(checks));
    }
}
