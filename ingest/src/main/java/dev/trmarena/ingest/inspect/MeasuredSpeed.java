package dev.trmarena.ingest.inspect;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.EstimateOperations;
import dev.trmarena.db.plan.RecentWork;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How fast the solvers of this platform were lately, by the estimate that also says how much work an evaluation is. */
final class MeasuredSpeed {
    private static final int EVALUATIONS = 20;

    private MeasuredSpeed() {}

    /** @return operations a second of one solver, the median over the last evaluations; null before anything finished */
    static @Nullable Double perSecond(Handle handle) {
        List<Double> speeds = RecentWork.newest(handle, EVALUATIONS).stream()
                .map(MeasuredSpeed::of)
                .sorted()
                .toList();
        return speeds.isEmpty() ? null : speeds.get(speeds.size() / 2);
    }

    private static double of(RecentWork work) {
        var manifest = CheckpointManifest.fromJson(work.checkpoint().getBytes(StandardCharsets.UTF_8));
        double operations =
                EstimateOperations.ofStep(manifest.hyperParameters(), work.seqLen()) * work.steps() * work.examples();
        return operations / (work.millis() / 1000.0);
    }
}
