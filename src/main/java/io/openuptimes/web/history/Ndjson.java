package io.openuptimes.web.history;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.openuptimes.model.FailedAttempt;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.web.http.MediaTypes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object per line, the same as the entries of {@code history} in the JSON response. */
public final class Ndjson implements LineFormat {

    private final boolean peers;

    /**
     * @param peers whether failures include the server that they reached
     */
    public Ndjson(boolean peers) {
        this.peers = peers;
    }

    @Override
    public String mediaType() {
        return MediaTypes.NDJSON;
    }

    @Override
    public Map<String, String> headers(String name) {
        return Map.of("Content-Type", mediaType());
    }

    @Override
    public String head() {
        return "";
    }

    @Override
    public void add(StringBuilder lines, HistoryEntry entry) {
        lines.append("{\"timestamp\":")
                .append(entry.timestamp())
                .append(",\"status\":\"")
                .append(entry.outcome().status().word())
                .append("\",\"responseTime\":")
                .append(entry.responseTime())
                .append(",\"statusCode\":");
        if (entry.statusCode() == 0) {
            lines.append("null");
        } else {
            lines.append(entry.statusCode());
        }
        Outcome outcome = entry.outcome();
        if (outcome != Outcome.UP) {
            error(lines, outcome.isDegraded() ? "degraded\":true,\"degradedBy" : "error", outcome, entry.error());
            if (peers && outcome.isFailure()) {
                for (PeerMember member : PeerMember.values()) {
                    member(lines, member.word(), member.of(entry.peer()));
                }
            }
        }
        if (!entry.attempts().isEmpty()) {
            attempts(lines, entry.attempts());
        }
        lines.append("}\n");
    }

    private static void error(StringBuilder lines, String name, Outcome outcome, String text) {
        lines.append(",\"").append(name).append("\":{\"class\":\"").append(outcome.word());
        lines.append("\",\"text\":\"");
        JsonStringEncoder.getInstance().quoteAsString(outcome.text(text), lines);
        lines.append("\"}");
    }

    private static void attempts(StringBuilder lines, List<FailedAttempt> attempts) {
        String before = ",\"attempts\":[";
        for (FailedAttempt attempt : attempts) {
            lines.append(before).append("{\"timestamp\":").append(attempt.timestamp());
            lines.append(",\"status\":\"").append(attempt.outcome().status().word());
            lines.append("\",\"responseTime\":").append(attempt.responseTime());
            lines.append(",\"statusCode\":").append(attempt.statusCode() == 0 ? "null" : attempt.statusCode());
            error(lines, "error", attempt.outcome(), attempt.error());
            lines.append('}');
            before = ",";
        }
        lines.append(']');
    }

    private static void member(StringBuilder lines, String name, @Nullable String value) {
        lines.append(",\"").append(name).append("\":");
        if (value == null) {
            lines.append("null");
        } else {
            lines.append('"');
            JsonStringEncoder.getInstance().quoteAsString(value, lines);
            lines.append('"');
        }
    }
}
