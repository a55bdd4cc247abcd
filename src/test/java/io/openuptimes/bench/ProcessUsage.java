package io.openuptimes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What processes have used so far, as Linux accounts for it in {@code /proc}. */
record ProcessUsage(double cpuSeconds, double residentMiB) {

    private static final double TICKS_A_SECOND = 100;

    /** Of one process. */
    static ProcessUsage of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        double ticks = Double.parseDouble(fields.get(11)) + Double.parseDouble(fields.get(12));
        double kib = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
        return new ProcessUsage(ticks / TICKS_A_SECOND, kib / 1024);
    }

    ProcessUsage since(ProcessUsage before) {
        return new ProcessUsage(cpuSeconds - before.cpuSeconds, residentMiB);
    }

    String per1000(double checks) {
        return String.format(Locale.ROOT, "%.3f", cpuSeconds / checks * 1000);
    }
}
