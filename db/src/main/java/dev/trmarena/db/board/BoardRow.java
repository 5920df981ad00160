package dev.trmarena.db.board;

import dev.trmarena.messages.Verification;
import dev.trmarena.puzzles.score.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A finished evaluation as far as boards show it; everything is as in {@link EvaluationView}.
 *
 * @param checkpoint tensor digest
 * @param scores by metric; empty where the solutions are hidden
 * @param intervals by metric, 95 %; of those scores that have one
 * @param hCycles times the high-level state is updated in one improvement step; null of checkpoints from before it was kept
 * @param lCycles times the low-level state is updated before each of them; likewise
 * @param repeats how often it was run once more, to the end
 * @param alsoAs other names under which that was done
 * @param deviceMillis time of inference by the device that it ran on; under the empty name what ran on a device that nobody
 *     wrote down
 */
public record BoardRow(
        UUID id,
        String model,
        String checkpoint,
        String fileName,
        String architecture,
        @Json Map<String, Double> scores,
        @Json Map<String, Interval> intervals,
        long coreParameters,
        long embeddingParameters,
        @Nullable Integer hCycles,
        @Nullable Integer lCycles,
        @Json Map<String, Long> deviceMillis,
        @Nullable Double meanSteps,
        int repeat,
        int repeats,
        List<String> alsoAs,
        @Nullable Verification verification,
        Instant finishedAt) {
    public BoardRow {
        alsoAs = List.copyOf(alsoAs);
        scores = new TreeMap<>(scores);
        intervals = new TreeMap<>(intervals);
        deviceMillis = new TreeMap<>(deviceMillis);
    }

    /** Time of inference, summed over all devices. */
    public long computeMillis() {
        return deviceMillis.values().stream().mapToLong(Long::longValue).sum();
    }
}
